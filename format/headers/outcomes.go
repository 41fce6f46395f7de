package headers

// The fields of a list that says what became of households.
const (
	CaseNumber = "case_number"
	Came       = "came"
	OutcomeDay = "outcome_day"
)

// OutcomeFields is what a list of outcomes may hold.
func OutcomeFields() Fields {
	return Fields{
		{ID: CaseNumber, Synonyms: names("en", "case number|case|case id|case no|number|file number", "de", "fallnummer|fall|fall nr|nummer|aktenzeichen", "fr", "numéro de dossier|dossier|numéro|n° de dossier", "es", "número de caso|caso|expediente|número", "hu", "ügyszám|ügy|ügy száma|szám", "ar", "رقم الحالة|الحالة|رقم الملف|الرقم", "uk", "номер справи|справа|номер", "ru", "номер дела|дело|номер")},
		{ID: Came, Synonyms: names("en", "outcome|employed|in work|work|came about|yes or no|result", "de", "ergebnis|beschäftigt|arbeit|in arbeit|ja nein", "fr", "résultat|employé|en emploi|travail|oui non", "es", "resultado|empleado|con trabajo|trabajo|sí no", "hu", "eredmény|foglalkoztatott|munka|dolgozik|igen nem", "ar", "النتيجة|موظف|يعمل|العمل|نعم لا", "uk", "результат|працевлаштований|робота|працює|так ні", "ru", "результат|трудоустроен|работа|работает|да нет")},
		{ID: OutcomeDay, Content: share(isDate), Synonyms: names("en", "day|date|seen on|observed on|date of observation", "de", "tag|datum|festgestellt am|stichtag", "fr", "jour|date|constaté le|date du constat", "es", "día|fecha|visto el|fecha de observación", "hu", "nap|dátum|megfigyelés napja", "ar", "اليوم|التاريخ|تاريخ المتابعة", "uk", "день|дата|дата спостереження", "ru", "день|дата|дата наблюдения")},
	}
}
