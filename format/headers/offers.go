package headers

// The fields of a list of offered places.
const (
	PlaceID          = "place_id"
	Country          = "country"
	Locality         = "locality"
	CapacityPeople   = "capacity_people"
	SchoolPlaces     = "school_places"
	MedicalPlaces    = "medical_places"
	LargeDwellings   = "large_dwellings"
	PlaceLanguages   = "languages"
	Services         = "services"
	Conditions       = "conditions"
	Quota            = "quota"
	PeriodStart      = "period_start"
	PeriodEnd        = "period_end"
	PreferredProfile = "preferred_profile"
)

// PlaceFields is what a list of offered places may hold.
func PlaceFields() Fields {
	return withFurther("place", append(placeFields(), placeTermFields()...))
}

func placeFields() Fields {
	return Fields{
		{ID: PlaceID, Synonyms: names("en", "id|place id|offer id|place number|offer|code|reference|no", "de", "kennung|angebot nr|platz id|nr|angebotsnummer|angebot", "fr", "identifiant|numéro de l'offre|offre|code", "es", "identificador|número de oferta|oferta|código", "hu", "azonosító|ajánlat száma|ajánlat|sorszám", "ar", "المعرف|رقم العرض|رمز", "uk", "ідентифікатор|номер пропозиції|код", "ru", "идентификатор|номер предложения|код")},
		{ID: Country, Content: share(isWord), Synonyms: names("en", "country|receiving country|host country|state", "de", "land|aufnahmeland|staat|gastland", "fr", "pays|pays d'accueil|état", "es", "país|país de acogida|estado", "hu", "ország|befogadó ország|állam", "ar", "البلد|الدولة|البلد المضيف|الدولة المستقبلة", "uk", "країна|країна прийому|держава", "ru", "страна|принимающая страна|государство")},
		{ID: Locality, Content: share(isWord), Synonyms: names("en", "locality|municipality|town|city|place|commune|region|location", "de", "ort|gemeinde|stadt|ortschaft|kommune|region", "fr", "localité|commune|ville|lieu|municipalité", "es", "localidad|municipio|ciudad|lugar|población", "hu", "település|helység|város|község|hely", "ar", "المدينة|البلدية|المكان|البلدة|الموقع", "uk", "місто|громада|населений пункт|місце", "ru", "город|община|населённый пункт|место")},
		{ID: CapacityPeople, Content: share(isCount), Synonyms: names("en", "capacity|people|persons|capacity people|beds|total places|places|number of people|max persons", "de", "kapazität|personen|plätze|betten|aufnahmekapazität|anzahl personen", "fr", "capacité|personnes|places|lits|nombre de personnes|capacité d'accueil", "es", "capacidad|personas|plazas|camas|número de personas|cupo total", "hu", "kapacitás|férőhely|férőhelyek|fő|személyek|ágyak|létszám", "ar", "السعة|عدد الأشخاص|الطاقة الاستيعابية|الأسرة|الأماكن", "uk", "місткість|осіб|кількість осіб|місць|ліжок", "ru", "вместимость|человек|количество человек|мест|коек")},
		{ID: SchoolPlaces, Content: share(isCount), Synonyms: names("en", "school places|school seats|school|pupils|education places|children in school", "de", "schulplätze|schule|schüler|schulkinder", "fr", "places scolaires|école|élèves|places à l'école", "es", "plazas escolares|escuela|alumnos|plazas en la escuela", "hu", "iskolai helyek|iskola|tanulók|iskolai férőhely", "ar", "مقاعد المدرسة|المدرسة|مقاعد دراسية|الطلاب", "uk", "місця у школі|школа|шкільні місця|учнів", "ru", "места в школе|школа|школьные места|учеников")},
		{ID: MedicalPlaces, Content: share(isCount), Synonyms: names("en", "medical|medical places|medical cases|health places|hospital beds|patients|care places", "de", "medizinische plätze|medizinisch|pflegeplätze|krankenbetten|patienten", "fr", "places médicales|médical|cas médicaux|lits d'hôpital|patients", "es", "plazas médicas|casos médicos|médico|camas de hospital|pacientes", "hu", "orvosi helyek|orvosi|egészségügyi helyek|kórházi ágyak|betegek", "ar", "أماكن طبية|طبي|حالات طبية|أسرة المستشفى", "uk", "медичні місця|медичні|медичних випадків|лікарняні ліжка", "ru", "медицинские места|медицинские|медицинских случаев|больничные койки")},
		{ID: LargeDwellings, Content: share(isCount), Synonyms: names("en", "large dwellings|large flats|big families|large family homes|family houses|houses for large families|large units", "de", "große wohnungen|großwohnungen|großfamilien|wohnungen für großfamilien", "fr", "grands logements|grandes familles|logements familiaux", "es", "viviendas grandes|familias numerosas|casas grandes", "hu", "nagy lakások|nagycsaládos lakás|nagycsaládok", "ar", "مساكن كبيرة|عائلات كبيرة|بيوت كبيرة", "uk", "великі помешкання|великі квартири|великі родини", "ru", "большие квартиры|большое жильё|большие семьи")},
	}
}

func placeTermFields() Fields {
	return Fields{
		{ID: PlaceLanguages, Content: share(isWord), Repeatable: true, Synonyms: names("en", "languages|language|spoken languages|languages spoken|community language", "de", "sprachen|sprache|gesprochene sprachen", "fr", "langues|langue|langues parlées", "es", "idiomas|idioma|lenguas", "hu", "nyelvek|nyelv|beszélt nyelvek", "ar", "اللغات|اللغة", "uk", "мови|мова", "ru", "языки|язык")},
		{ID: Services, Content: share(isWord), Repeatable: true, Synonyms: names("en", "services|facilities|support|features|services offered", "de", "dienste|leistungen|angebote vor ort|einrichtungen|betreuung", "fr", "services|prestations|équipements", "es", "servicios|prestaciones|instalaciones", "hu", "szolgáltatások|ellátás", "ar", "الخدمات|المرافق", "uk", "послуги|сервіси", "ru", "услуги|сервисы")},
		{ID: Conditions, Repeatable: true, Synonyms: names("en", "conditions|requirements|restrictions|criteria|only for", "de", "bedingungen|voraussetzungen|auflagen|kriterien", "fr", "conditions|exigences|critères|restrictions", "es", "condiciones|requisitos|criterios|restricciones", "hu", "feltételek|követelmények|kikötések", "ar", "الشروط|المتطلبات|القيود", "uk", "умови|вимоги|обмеження", "ru", "условия|требования|ограничения")},
		{ID: Quota, Content: share(isCount), Synonyms: names("en", "quota|country quota|quota people|annual quota|national quota|ceiling", "de", "quote|kontingent|länderquote|aufnahmequote", "fr", "quota|contingent|quota annuel", "es", "cuota|cupo|cuota nacional", "hu", "kvóta|keret|országkvóta", "ar", "الحصة|حصة البلد|الكوتا", "uk", "квота|ліміт", "ru", "квота|лимит")},
		{ID: PeriodStart, Content: share(isDate), Synonyms: names("en", "period|from|valid from|available from|start|start date|period start", "de", "zeitraum|gültig ab|ab|verfügbar ab|beginn|von", "fr", "période|à partir du|valable dès|début|disponible dès", "es", "período|desde|válido desde|inicio|disponible desde", "hu", "időszak|kezdete|érvényes ettől|tól|elérhető", "ar", "الفترة|من تاريخ|متاح من|تاريخ البدء", "uk", "період|з дати|доступно з|початок", "ru", "период|с даты|доступно с|начало")},
		{ID: PeriodEnd, Content: share(isDate), Synonyms: names("en", "until|valid until|to|end|end date|period end|expires", "de", "bis|gültig bis|ende|ablauf", "fr", "jusqu'au|fin|valable jusqu'au|date de fin", "es", "hasta|válido hasta|fin|fecha de fin", "hu", "vége|érvényes eddig|ig|lejárat", "ar", "إلى تاريخ|حتى|تاريخ الانتهاء", "uk", "до дати|кінець|дійсно до", "ru", "до даты|конец|действительно до")},
		{ID: PreferredProfile, Repeatable: true, Synonyms: names("en", "preferred profile|preference|preferences|preferred occupations|wanted skills", "de", "bevorzugtes profil|wünsche|bevorzugte berufe|gesuchte berufe", "fr", "profil souhaité|préférences|métiers recherchés", "es", "perfil preferido|preferencias|oficios buscados", "hu", "előnyben részesített|kívánt szakmák|preferenciák", "ar", "الملف المفضل|التفضيلات", "uk", "бажаний профіль|побажання", "ru", "предпочтительный профиль|пожелания")},
	}
}
