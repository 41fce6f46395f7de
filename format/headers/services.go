package headers

// The fields of a list of transport services.
const (
	ServiceID   = "service_id"
	From        = "from"
	To          = "to"
	FromCountry = "from_country"
	ToCountry   = "to_country"
	Departs     = "departs" // date and time, or time alone beside ServiceDate
	Arrives     = "arrives"
	ServiceDate = "date"
	ServiceTime = "time"
	Duration    = "duration"
	Mode        = "mode"
	Carrier     = "carrier"
	Seats       = "seats"
	Wheelchair  = "wheelchair"
	Stretcher   = "stretcher"
	Cost        = "cost"
	OpenCost    = "open_cost"
	Block       = "block"
)

// ServiceFields is what a list of transport services may hold.
func ServiceFields() Fields {
	return withFurther("service", append(routeFields(), vehicleFields()...))
}

func routeFields() Fields {
	return Fields{
		{ID: ServiceID, Synonyms: names("en", "id|service id|service|service number|flight number|train number|voyage|sailing|line|trip", "de", "kennung|fahrt nr|zugnummer|flugnummer|fahrt|verbindung|kurs", "fr", "identifiant|numéro de service|numéro de vol|numéro de train|trajet", "es", "identificador|número de servicio|número de vuelo|número de tren|viaje", "hu", "azonosító|járat|járatszám|vonatszám", "ar", "المعرف|رقم الرحلة|الرحلة|رقم القطار", "uk", "ідентифікатор|номер рейсу|рейс|номер поїзда", "ru", "идентификатор|номер рейса|рейс|номер поезда")},
		{ID: From, Content: share(isWord), Synonyms: names("en", "from|origin|departure place|departure station|start|port of departure|from place|embarkation", "de", "von|abfahrtsort|startort|abgangsbahnhof|abfahrtshafen|abflugort", "fr", "de|origine|lieu de départ|gare de départ|port de départ|départ de", "es", "desde|origen|lugar de salida|estación de salida|puerto de salida", "hu", "honnan|indulási hely|kiindulás|indulóállomás", "ar", "من|مكان المغادرة|نقطة الانطلاق|محطة المغادرة", "uk", "звідки|місце відправлення|станція відправлення|пункт відправлення", "ru", "откуда|место отправления|станция отправления|пункт отправления")},
		{ID: To, Content: share(isWord), Synonyms: names("en", "to|destination|arrival place|arrival station|port of arrival|to place|disembarkation", "de", "nach|zielort|ziel|ankunftsort|zielbahnhof|ankunftshafen", "fr", "vers|à|destination|lieu d'arrivée|gare d'arrivée|port d'arrivée", "es", "hasta|a|destino|lugar de llegada|estación de llegada|puerto de llegada", "hu", "hova|hová|érkezési hely|célállomás|úti cél", "ar", "إلى|مكان الوصول|الوجهة|محطة الوصول", "uk", "куди|місце прибуття|станція прибуття|пункт призначення", "ru", "куда|место прибытия|станция прибытия|пункт назначения")},
		{ID: FromCountry, Content: share(isWord), Synonyms: names("en", "from country|origin country|country of departure|departure country", "de", "abfahrtsland|startland|von land|ausgangsland", "fr", "pays de départ|pays d'origine", "es", "país de salida|país de origen", "hu", "indulási ország|honnan ország", "ar", "بلد المغادرة|من بلد", "uk", "країна відправлення", "ru", "страна отправления")},
		{ID: ToCountry, Content: share(isWord), Synonyms: names("en", "to country|destination country|country of arrival|arrival country", "de", "zielland|ankunftsland|nach land", "fr", "pays d'arrivée|pays de destination", "es", "país de llegada|país de destino", "hu", "érkezési ország|célország", "ar", "بلد الوصول|إلى بلد|بلد الوجهة", "uk", "країна прибуття|країна призначення", "ru", "страна прибытия|страна назначения")},
		{ID: Departs, Content: share(isMoment), Synonyms: names("en", "departs|departure|departure time|departs at|leaves|dep|etd|scheduled departure", "de", "abfahrt|abfahrtszeit|abflug|abgang|ab", "fr", "départ|heure de départ|part à", "es", "salida|hora de salida|sale", "hu", "indulás|indulási idő|indul", "ar", "المغادرة|وقت المغادرة|موعد المغادرة|الانطلاق", "uk", "відправлення|час відправлення|виїзд", "ru", "отправление|время отправления|выезд")},
		{ID: Arrives, Content: share(isMoment), Synonyms: names("en", "arrives|arrival|arrival time|arrives at|arr|eta|scheduled arrival", "de", "ankunft|ankunftszeit|landung|an", "fr", "arrivée|heure d'arrivée|arrive à", "es", "llegada|hora de llegada|llega", "hu", "érkezés|érkezési idő|érkezik", "ar", "الوصول|وقت الوصول|موعد الوصول", "uk", "прибуття|час прибуття", "ru", "прибытие|время прибытия")},
		{ID: ServiceDate, Content: share(isFullDate), Synonyms: names("en", "date|travel date|day|departure date|service date|sailing date", "de", "datum|reisedatum|tag|abfahrtsdatum|fahrtag", "fr", "date|date du voyage|jour|date de départ", "es", "fecha|fecha de viaje|día|fecha de salida", "hu", "dátum|nap|utazás napja|indulás dátuma", "ar", "التاريخ|تاريخ السفر|اليوم|تاريخ المغادرة", "uk", "дата|дата поїздки|день|дата відправлення", "ru", "дата|дата поездки|день|дата отправления")},
		{ID: ServiceTime, Content: share(isTime), Synonyms: names("en", "time|hour|clock time", "de", "uhrzeit|zeit|stunde", "fr", "heure|horaire", "es", "hora|horario", "hu", "időpont|óra|idő", "ar", "الوقت|الساعة", "uk", "час|година", "ru", "время|час")},
	}
}

func vehicleFields() Fields {
	return Fields{
		{ID: Duration, Synonyms: names("en", "duration|travel time|journey time|hours", "de", "dauer|fahrzeit|reisezeit|reisedauer", "fr", "durée|temps de trajet", "es", "duración|tiempo de viaje", "hu", "időtartam|menetidő|utazási idő", "ar", "المدة|مدة الرحلة", "uk", "тривалість|час у дорозі", "ru", "продолжительность|время в пути")},
		{ID: Mode, Content: share(isWord), Synonyms: names("en", "mode|mode of transport|transport|vehicle|type|vehicle type|means of transport", "de", "verkehrsmittel|art|transportmittel|fahrzeug|verkehrsart", "fr", "mode|moyen de transport|véhicule|type", "es", "modo|medio de transporte|vehículo|tipo", "hu", "közlekedési eszköz|jármű|típus|közlekedési mód", "ar", "وسيلة النقل|نوع النقل|المركبة|النوع", "uk", "вид транспорту|транспорт|тип", "ru", "вид транспорта|транспорт|тип")},
		{ID: Carrier, Content: share(isWord), Synonyms: names("en", "carrier|operator|company|airline|ship|vessel|ship name", "de", "betreiber|gesellschaft|schiff|fluggesellschaft|beförderer", "fr", "transporteur|compagnie|navire|opérateur", "es", "transportista|compañía|buque|operador", "hu", "üzemeltető|társaság|hajó|fuvarozó", "ar", "الناقل|الشركة|السفينة|المشغل", "uk", "перевізник|компанія|судно", "ru", "перевозчик|компания|судно")},
		{ID: Seats, Content: share(isCount), Synonyms: names("en", "seats|capacity|places|berths|passengers|pax|available seats", "de", "sitzplätze|plätze|kapazität|sitze|passagiere|kojen", "fr", "sièges|places|capacité|passagers|couchettes", "es", "asientos|plazas|capacidad|pasajeros|literas", "hu", "ülőhely|férőhely|helyek|kapacitás|utasok", "ar", "المقاعد|عدد المقاعد|السعة|الركاب", "uk", "місця|місць|місткість|пасажирів|кількість місць", "ru", "места|мест|вместимость|пассажиров|количество мест")},
		{ID: Wheelchair, Synonyms: names("en", "wheelchair|wheelchairs|wheelchair places|wheelchair spaces|accessible seats", "de", "rollstuhl|rollstuhlplätze|rollstühle|barrierefrei", "fr", "fauteuil roulant|fauteuils roulants|places pmr", "es", "silla de ruedas|sillas de ruedas|plazas accesibles", "hu", "kerekesszék|kerekesszékes helyek|akadálymentes", "ar", "كرسي متحرك|كراسي متحركة", "uk", "інвалідний візок|крісло колісне|місця для візків", "ru", "инвалидная коляска|места для колясок")},
		{ID: Stretcher, Synonyms: names("en", "stretcher|stretchers|stretcher places|lying patients", "de", "trage|tragen|krankentrage|liegendtransport|liegeplätze", "fr", "civière|civières|brancard|brancards", "es", "camilla|camillas", "hu", "hordágy|hordágyak|fekvőbeteg", "ar", "نقالة|نقالات|حمالة", "uk", "ноші|носилки|лежачі місця", "ru", "носилки|лежачие места")},
		{ID: Cost, Content: share(isMoney), Synonyms: names("en", "cost|price|fare|cost per person|fare per person|cost per seat|rate", "de", "kosten|preis|fahrpreis|kosten pro person|tarif", "fr", "coût|prix|tarif|coût par personne", "es", "costo|coste|precio|tarifa|costo por persona", "hu", "költség|ár|viteldíj|díj", "ar", "التكلفة|السعر|الأجرة|سعر التذكرة", "uk", "вартість|ціна|тариф", "ru", "стоимость|цена|тариф")},
		{ID: OpenCost, Synonyms: names("en", "charter cost|charter price|cost of the charter|cost to run", "de", "charterkosten|charterpreis", "fr", "coût de l'affrètement|prix de l'affrètement", "es", "costo del chárter|precio del chárter", "hu", "bérlés költsége|charter díja", "ar", "كلفة الاستئجار|تكلفة الاستئجار", "uk", "вартість чартеру", "ru", "стоимость чартера")},
		{ID: Block, Synonyms: names("en", "block|seats per block|block size", "de", "block|plätze je block|kontingentgröße", "fr", "bloc|places par bloc", "es", "bloque|plazas por bloque", "hu", "blokk|helyek blokkonként", "ar", "مجموعة|مقاعد المجموعة", "uk", "блок|місць у блоці", "ru", "блок|мест в блоке")},
	}
}
