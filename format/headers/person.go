package headers

// The fields of a list of people.
const (
	RegistrationNumber = "registration_number" // of this agency
	ExternalID         = "external_id"         // of whoever made the list
	FullName           = "full_name"
	GivenName          = "given_name"
	FamilyName         = "family_name"
	Patronymic         = "patronymic"
	BirthName          = "birth_name" // the family name before a marriage
	MotherName         = "mother_name"
	BirthDate          = "birth_date"
	BirthYear          = "birth_year"
	Age                = "age"
	Sex                = "sex"
	Nationality        = "nationality"
	BirthCountry       = "birth_country"
	BirthPlace         = "birth_place"
	Residence          = "residence"
	Languages          = "languages"
	Household          = "household"
	Relationship       = "relationship"
	MaritalStatus      = "marital_status"
	DocumentType       = "document_type"
	DocumentNumber     = "document_number"
	Phone              = "phone"
	Email              = "email"
	Site               = "site"
	ArrivalDate        = "arrival_date"
	BorderPoint        = "border_point"
	Occupation         = "occupation"
	Needs              = "needs"
	Remarks            = "remarks"
	Consent            = "consent" // to the destinations that the cell names
	Destination        = "destination"
	RegistrationDate   = "registration_date"
)

// PersonFields is what a list of people may hold.
func PersonFields() Fields {
	fields := append(identityFields(), birthFields()...)
	fields = append(fields, householdFields()...)
	return withFurther("person", append(fields, stayFields()...))
}

func identityFields() Fields {
	return Fields{
		{ID: RegistrationNumber, Content: share(hasDigit), Synonyms: names(
			"en", "registration number|registration no|reg no|case number|slip number|card number",
			"de", "registrierungsnummer|registriernummer|reg nr|karteinummer|aktenzahl",
			"fr", "numéro d'enregistrement|n° d'enregistrement|numéro de dossier",
			"es", "número de registro|nº de registro|número de expediente",
			"hu", "nyilvántartási szám|regisztrációs szám|törzsszám",
			"ar", "رقم التسجيل|رقم الملف", "uk", "реєстраційний номер|номер реєстрації|номер справи", "ru", "регистрационный номер|номер регистрации|номер дела")},
		{ID: ExternalID, Content: share(hasDigit), Synonyms: names(
			"en", "id|identifier|person id|individual id|external id|record id|no|number|serial number|reference|list number",
			"de", "kennung|laufende nummer|lfd nr|nr|nummer|personen id|personennummer", "fr", "identifiant|matricule|numéro|numéro d'ordre|réf|référence",
			"es", "identificador|número|código|nº|número de orden", "hu", "azonosító|sorszám|szám|személyi azonosító", "ar", "المعرف|الرقم|رقم|الرقم التسلسلي|مسلسل",
			"uk", "ідентифікатор|номер|порядковий номер|№ з/п", "ru", "идентификатор|номер|порядковый номер|№ п/п")},
		{ID: FullName, Content: share(isFullName), Synonyms: names(
			"en", "name|full name|name and surname|complete name|person name|applicant name|names", "de", "name|vollständiger name|vor und nachname|name und vorname|name der person",
			"fr", "nom complet|nom et prénom|nom et prénoms|prénom et nom", "es", "nombre completo|nombre y apellidos|apellidos y nombre",
			"hu", "név|teljes név|neve|családi és utónév", "ar", "الاسم|الاسم الكامل|الاسم الثلاثي|الاسم الرباعي|اسم الشخص", "uk", "піб|повне ім'я|прізвище ім'я по батькові|ім'я та прізвище|прізвище та ім'я",
			"ru", "фио|полное имя|фамилия имя отчество|имя и фамилия|фамилия и имя")},
		{ID: GivenName, Content: share(isName), Synonyms: names(
			"en", "given name|first name|forename|given names|christian name", "de", "vorname|vornamen|rufname", "fr", "prénom|prénoms",
			"es", "nombre|nombres|nombre de pila|primer nombre", "hu", "utónév|keresztnév|utónevek", "ar", "الاسم الأول|الاسم الشخصي|اسم العلم", "uk", "ім'я|власне ім'я", "ru", "имя|личное имя")},
		{ID: FamilyName, Content: share(isName), Synonyms: names(
			"en", "family name|last name|surname", "de", "nachname|familienname|zuname", "fr", "nom|nom de famille|nom patronymique",
			"es", "apellido|apellidos|primer apellido", "hu", "vezetéknév|családi név|családnév", "ar", "اسم العائلة|الكنية|اللقب|النسبة|الشهرة", "uk", "прізвище", "ru", "фамилия")},
		{ID: Patronymic, Content: share(isName), Synonyms: names(
			"en", "patronymic|father's name|name of father|middle name", "de", "vatersname|name des vaters", "fr", "nom du père|patronyme paternel|prénom du père",
			"es", "nombre del padre|patronímico", "hu", "apja neve|apai név", "ar", "اسم الأب|اسم الوالد", "uk", "по батькові|ім'я батька", "ru", "отчество|имя отца")},
		{ID: BirthName, Content: share(isName), Synonyms: names()},
		{ID: MotherName, Content: share(isName), Synonyms: names(
			"en", "mother's name|name of mother|mother|mother's maiden name", "de", "name der mutter|mutter|muttername", "fr", "nom de la mère|mère", "es", "nombre de la madre|madre",
			"hu", "anyja neve|anyja leánykori neve", "ar", "اسم الأم|اسم الوالدة", "uk", "ім'я матері|мати", "ru", "имя матери|мать")},
		{ID: Sex, Content: share(isSex), Synonyms: names(
			"en", "sex|gender|m/f", "de", "geschlecht|m/w", "fr", "sexe|genre", "es", "sexo|género", "hu", "nem|neme", "ar", "الجنس|النوع", "uk", "стать", "ru", "пол")},
		{ID: Nationality, Content: share(isWord), Repeatable: true, Synonyms: names(
			"en", "nationality|citizenship|country of citizenship|country of nationality|citizen of", "de", "staatsangehörigkeit|staatsbürgerschaft|nationalität",
			"fr", "nationalité|citoyenneté|pays de nationalité", "es", "nacionalidad|ciudadanía|país de nacionalidad", "hu", "állampolgárság|állampolgársága|nemzetiség",
			"ar", "الجنسية", "uk", "громадянство|національність", "ru", "гражданство|национальность")},
		{ID: DocumentType, Content: share(isWord), Synonyms: names(
			"en", "document type|type of document|id type|kind of document", "de", "dokumentart|ausweisart|art des dokuments|dokumententyp", "fr", "type de document|nature du document|type de pièce",
			"es", "tipo de documento|clase de documento", "hu", "okmány típusa|igazolvány típusa|okmánytípus", "ar", "نوع الوثيقة|نوع المستند", "uk", "тип документа|вид документа", "ru", "тип документа|вид документа")},
		{ID: DocumentNumber, Content: share(hasDigit), Synonyms: names(
			"en", "document number|passport number|passport|id card number|identity card|document|national id", "de", "dokumentnummer|passnummer|ausweisnummer|reisepass|ausweis nr|personalausweis",
			"fr", "numéro de document|numéro de passeport|passeport|n° pièce d'identité|carte d'identité", "es", "número de documento|número de pasaporte|pasaporte|cédula|documento de identidad",
			"hu", "okmányszám|útlevélszám|útlevél száma|igazolványszám|személyi igazolvány", "ar", "رقم الوثيقة|رقم جواز السفر|جواز السفر|رقم الهوية", "uk", "номер документа|номер паспорта|паспорт", "ru", "номер документа|номер паспорта|паспорт")},
	}
}

func birthFields() Fields {
	return Fields{
		{ID: BirthDate, Content: share(isFullDate), Synonyms: names(
			"en", "date of birth|birth date|birthday|dob|born|born on|birth", "de", "geburtsdatum|geburtstag|geb datum|geboren|geboren am|geb|geb am", "fr", "date de naissance|né le|née le|né|naissance|ddn",
			"es", "fecha de nacimiento|nacido el|nacimiento|nacido", "hu", "születési dátum|születési idő|született|születés ideje|szül", "ar", "تاريخ الميلاد|تاريخ الولادة|المواليد",
			"uk", "дата народження|народження|народився|д н", "ru", "дата рождения|рождение|родился|д р")},
		{ID: BirthYear, Content: share(isYear), Synonyms: names(
			"en", "year of birth|birth year|yob|born in year", "de", "geburtsjahr|jahrgang|geb jahr", "fr", "année de naissance|an de naissance", "es", "año de nacimiento|año nac",
			"hu", "születési év|szül év", "ar", "سنة الميلاد|سنة الولادة|عام الميلاد", "uk", "рік народження", "ru", "год рождения")},
		{ID: Age, Content: share(isAge), Synonyms: names(
			"en", "age|age in years|years old", "de", "alter|alter in jahren|lebensalter", "fr", "âge|âge en années", "es", "edad|edad en años", "hu", "életkor|kor|kora", "ar", "العمر|السن", "uk", "вік|повних років", "ru", "возраст|полных лет")},
		{ID: BirthCountry, Content: share(isWord), Synonyms: names(
			"en", "country of birth|birth country|country of origin|home country", "de", "geburtsland|herkunftsland|geburtsstaat", "fr", "pays de naissance|pays d'origine", "es", "país de nacimiento|país de origen",
			"hu", "születési ország|származási ország", "ar", "بلد الميلاد|بلد الولادة|بلد المنشأ|بلد الأصل", "uk", "країна народження|країна походження", "ru", "страна рождения|страна происхождения")},
		{ID: BirthPlace, Content: share(isWord), Synonyms: names(
			"en", "place of birth|birth place|birthplace|born in|town of birth|city of birth", "de", "geburtsort|geboren in|ort der geburt", "fr", "lieu de naissance|né à|ville de naissance", "es", "lugar de nacimiento|nacido en|ciudad de nacimiento",
			"hu", "születési hely|szül hely|születés helye", "ar", "مكان الميلاد|مكان الولادة|محل الميلاد", "uk", "місце народження", "ru", "место рождения")},
	}
}
