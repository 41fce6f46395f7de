package headers

func householdFields() Fields {
	return Fields{
		{ID: Household, Content: share(hasDigit), Synonyms: names(
			"en", "household|household number|household id|family number|family id|hh id|hh|family|group number|case family", "de", "haushalt|haushaltsnummer|familiennummer|haushalts id|familie|familien nr",
			"fr", "ménage|numéro de ménage|numéro de famille|foyer|famille|id ménage", "es", "hogar|número de hogar|número de familia|grupo familiar|familia|núcleo familiar",
			"hu", "háztartás|háztartás száma|család száma|család|család azonosító|családszám", "ar", "رقم الأسرة|رقم العائلة|الأسرة|رقم الأسرة المعيشية", "uk", "домогосподарство|номер сім'ї|сім'я|номер домогосподарства|родина",
			"ru", "домохозяйство|номер семьи|семья|номер домохозяйства")},
		{ID: Relationship, Content: share(isWord), Synonyms: names(
			"en", "relationship|relationship to head|relation to head of household|relation|family role|kinship|role", "de", "verwandtschaft|verwandtschaftsverhältnis|beziehung zum haushaltsvorstand|beziehung|stellung in der familie|familienrolle",
			"fr", "lien de parenté|relation avec le chef de ménage|lien familial|parenté|relation", "es", "parentesco|relación con el jefe de hogar|relación|vínculo familiar",
			"hu", "rokonság|rokonsági fok|családi állás|viszony a családfőhöz|kapcsolat|hozzátartozó", "ar", "صلة القرابة|القرابة|العلاقة برب الأسرة|صلة القرابة برب الأسرة", "uk", "родинний зв'язок|ступінь споріднення|відношення до голови сім'ї|спорідненість",
			"ru", "родство|степень родства|отношение к главе семьи|родственная связь")},
		{ID: MaritalStatus, Content: share(isWord), Synonyms: names(
			"en", "marital status|civil status", "de", "familienstand|zivilstand", "fr", "état civil|situation matrimoniale|situation de famille", "es", "estado civil", "hu", "családi állapot", "ar", "الحالة الاجتماعية|الحالة الزوجية", "uk", "сімейний стан", "ru", "семейное положение")},
		{ID: Languages, Content: share(isWord), Repeatable: true, Synonyms: names(
			"en", "language|languages|spoken languages|mother tongue|native language|preferred language", "de", "sprache|sprachen|muttersprache|sprachkenntnisse", "fr", "langue|langues|langue maternelle|langues parlées",
			"es", "idioma|idiomas|lengua materna|lenguas", "hu", "nyelv|nyelvek|anyanyelv|beszélt nyelvek|nyelvtudás", "ar", "اللغة|اللغات|اللغة الأم", "uk", "мова|мови|рідна мова", "ru", "язык|языки|родной язык")},
		{ID: Occupation, Content: share(isWord), Synonyms: names(
			"en", "occupation|profession|job|trade|skills", "de", "beruf|tätigkeit|erlernter beruf", "fr", "profession|métier|emploi", "es", "profesión|ocupación|oficio", "hu", "foglalkozás|szakma|beosztás", "ar", "المهنة|الوظيفة|العمل", "uk", "професія|рід занять|фах", "ru", "профессия|род занятий|специальность")},
		{ID: Phone, Content: share(isPhone), Repeatable: true, Synonyms: names(
			"en", "phone|telephone|phone number|mobile|cell|contact number|tel|whatsapp", "de", "telefon|telefonnummer|handy|handynummer|mobil|rufnummer", "fr", "téléphone|numéro de téléphone|portable|tél",
			"es", "teléfono|número de teléfono|móvil|celular|tel", "hu", "telefon|telefonszám|mobil|mobilszám", "ar", "الهاتف|رقم الهاتف|الجوال|الموبايل|رقم الجوال", "uk", "телефон|номер телефону|мобільний", "ru", "телефон|номер телефона|мобильный")},
		{ID: Email, Synonyms: names("en", "email|e-mail|mail address|email address", "de", "e-mail adresse", "fr", "courriel|adresse électronique", "es", "correo electrónico|correo", "hu", "e-mail cím", "ar", "البريد الإلكتروني", "uk", "електронна пошта", "ru", "электронная почта")},
	}
}

func stayFields() Fields {
	return Fields{
		{ID: Site, Synonyms: names(
			"en", "camp|site|shelter|centre|reception centre|location|current location|accommodation|transit centre", "de", "lager|unterkunft|standort|flüchtlingslager|aufnahmezentrum|quartier|aufenthaltsort", "fr", "camp|site|centre d'accueil|hébergement|lieu actuel",
			"es", "campamento|sitio|albergue|centro de acogida|ubicación actual|alojamiento", "hu", "tábor|szállás|szálláshely|menekülttábor|befogadó állomás|tartózkodási hely", "ar", "المخيم|الموقع|مركز الاستقبال|مكان الإقامة الحالي|مركز الإيواء",
			"uk", "табір|місце перебування|центр|притулок|місце розміщення", "ru", "лагерь|место пребывания|центр|приют|место размещения")},
		{ID: Residence, Content: share(isWord), Synonyms: names(
			"en", "residence|last residence|former address|home address|address|place of residence|home town", "de", "wohnort|letzter wohnort|heimatadresse|wohnsitz|adresse|heimatort", "fr", "résidence|dernier domicile|domicile|adresse",
			"es", "residencia|último domicilio|domicilio|dirección", "hu", "lakhely|utolsó lakhely|lakcím|lakóhely", "ar", "العنوان|مكان السكن|آخر مكان إقامة", "uk", "адреса|місце проживання|останнє місце проживання", "ru", "адрес|место жительства|последнее место жительства")},
		{ID: ArrivalDate, Content: share(isFullDate), Synonyms: names(
			"en", "arrival date|date of arrival|arrived|arrived on|date of entry|entry date|crossing date|date crossed", "de", "ankunft|ankunftsdatum|einreisedatum|ankunft am|eingetroffen am|datum des grenzübertritts|grenzübertritt", "fr", "date d'arrivée|arrivée|arrivé le|date d'entrée|date de passage",
			"es", "fecha de llegada|llegada|llegó el|fecha de entrada|fecha de ingreso", "hu", "érkezés|érkezés dátuma|érkezés ideje|belépés dátuma|határátlépés ideje", "ar", "تاريخ الوصول|تاريخ الدخول", "uk", "дата прибуття|прибуття|дата в'їзду|дата перетину кордону",
			"ru", "дата прибытия|прибытие|дата въезда|дата пересечения границы")},
		{ID: RegistrationDate, Content: share(isFullDate), Synonyms: names(
			"en", "registration date|date of registration|registered on|recorded on", "de", "registrierungsdatum|registriert am|aufnahmedatum|erfasst am", "fr", "date d'enregistrement|enregistré le", "es", "fecha de registro|registrado el", "hu", "regisztráció dátuma|nyilvántartásba vétel|felvétel dátuma", "ar", "تاريخ التسجيل", "uk", "дата реєстрації", "ru", "дата регистрации")},
		{ID: BorderPoint, Synonyms: names(
			"en", "border point|crossing point|border crossing|point of entry|entry point", "de", "grenzübergang|grenzort|grenzstelle|einreiseort", "fr", "point de passage|poste frontière|point d'entrée", "es", "punto fronterizo|paso fronterizo|punto de entrada", "hu", "határátkelő|határátkelőhely|határpont", "ar", "المعبر|المعبر الحدودي|نقطة الدخول|نقطة العبور", "uk", "пункт пропуску|пункт перетину", "ru", "пункт пропуска|пункт въезда")},
		{ID: Needs, Repeatable: true, Synonyms: names(
			"en", "needs|special needs|vulnerability|specific needs|medical needs|disability|health|medical condition|vulnerabilities", "de", "bedürfnisse|besondere bedürfnisse|besonderer bedarf|schutzbedarf|behinderung|krankheit|gesundheit", "fr", "besoins|besoins particuliers|vulnérabilité|besoins spécifiques|handicap|santé",
			"es", "necesidades|necesidades especiales|vulnerabilidad|discapacidad|salud", "hu", "szükségletek|különleges igény|különleges szükségletek|fogyatékosság|egészségi állapot|betegség", "ar", "الاحتياجات|الاحتياجات الخاصة|الإعاقة|الحالة الصحية", "uk", "потреби|особливі потреби|інвалідність|стан здоров'я|вразливість",
			"ru", "потребности|особые потребности|инвалидность|состояние здоровья|уязвимость")},
		{ID: Remarks, Repeatable: true, Synonyms: names(
			"en", "remarks|comment|comments|notes|note|observations", "de", "bemerkung|bemerkungen|anmerkung|anmerkungen|notiz|hinweise", "fr", "remarques|observations|commentaires|notes", "es", "observaciones|comentarios|notas", "hu", "megjegyzés|megjegyzések", "ar", "ملاحظات|ملاحظة|تعليقات", "uk", "примітка|примітки|коментар", "ru", "примечание|примечания|комментарий")},
		{ID: Consent, Repeatable: true, Synonyms: names(
			"en", "consent|consent to destination|agrees to|consented|accepts transfer to|willing to go to", "de", "einwilligung|zustimmung|einverstanden|einverständnis|einwilligung zum zielland", "fr", "consentement|accord|consent à|consentement destination", "es", "consentimiento|acepta|acuerdo con destino", "hu", "hozzájárulás|beleegyezés|beleegyezik|hozzájárul", "ar", "الموافقة|موافقة|يوافق على", "uk", "згода|згода на переїзд|погоджується", "ru", "согласие|согласие на переезд|согласен")},
		{ID: Destination, Content: share(isWord), Repeatable: true, Synonyms: names(
			"en", "destination|destination country|preferred country|desired country|wishes to go to|country of choice|preference", "de", "ziel|zielland|wunschland|gewünschtes land|auswanderungsziel", "fr", "destination|pays de destination|pays souhaité|pays préféré", "es", "destino|país de destino|país deseado|país preferido", "hu", "célország|választott ország|kívánt ország|úti cél", "ar", "الوجهة|بلد المقصد|البلد المطلوب|البلد المرغوب", "uk", "країна призначення|бажана країна", "ru", "страна назначения|желаемая страна")},
	}
}
