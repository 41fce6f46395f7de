package value

import (
	"strings"

	"golang.org/x/text/language"

	"cairn/value/said"
)

// Country is an ISO 3166-1 alpha-3 code, a code of ISO 3166-3 for a country
// that is no more (old papers keep them), or one that ICAO Doc 9303 part 3
// section 5 adds. The zero value means not stated.
type Country string

// Nationalities of people whom no state, or no known state, calls its own
// (ICAO Doc 9303 part 3 section 5, part D).
const (
	Stateless          Country = "XXA" // 1954 Convention relating to the Status of Stateless Persons, article 1
	Refugee            Country = "XXB" // 1951 Convention relating to the Status of Refugees, article 1
	OtherRefugee       Country = "XXC" // refugee not under the 1951 Convention
	UnknownNationality Country = "XXX"
)

// ParseCountry reads an alpha-3 code in any case. Names and alpha-2 codes are
// the work of the package of reference tables.
func ParseCountry(s string) (Country, error) {
	code := strings.ToUpper(strings.TrimSpace(s))
	if code == "" || Country(code).Valid() {
		return Country(code), nil
	}
	return "", said.Errorf("country code %q is not known: write three letters of ISO 3166-1, or XXA, XXB, XXC or XXX", clip(s))
}

// Valid reports whether c is a known code.
func (c Country) Valid() bool {
	if len(c) != 3 || strings.Contains(string(c), " ") {
		return false
	}
	return strings.Contains(isoCountries, string(c)+" ") || strings.Contains(formerCountries, string(c)+" ") ||
		strings.Contains(icaoCodes, string(c)+" ")
}

// Former reports whether the code is of ISO 3166-3: a state that is no more.
func (c Country) Former() bool {
	return len(c) == 3 && strings.Contains(formerCountries, string(c)+" ")
}

// HasNoState reports whether c says that the person has no state's protection
// or that it is not known: XXA, XXB, XXC, XXX.
func (c Country) HasNoState() bool {
	return c == Stateless || c == Refugee || c == OtherRefugee || c == UnknownNationality
}

// Every code is followed by a space, so that one search decides.
const (
	isoCountries = "ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE "

	formerCountries = "AFI ANT ATB ATN BUR BYS CSK CTE DDR DHY FXX GEL HVO JTN MID NHB NTZ PCI PCZ PUS RHO SCG SKM SUN TMP VDR WAK YMD YUG ZAR "

	icaoCodes = "XXA XXB XXC XXX EUE GBD GBN GBO GBP GBS RKS UNA UNK UNO XBA XIM XCC XCE XCO XEC XES XMP XOM XPO XDC "
)

// Language is a primary language subtag of BCP 47 (ISO 639) in lower case, two
// letters where there are two: "hu", "ar", "uk", "prs". The zero value means
// not stated.
type Language string

// ParseLanguage reads a tag and keeps its primary subtag: "pt-BR" gives "pt",
// "deu" gives "de".
func ParseLanguage(s string) (Language, error) {
	tag := strings.TrimSpace(s)
	if tag == "" {
		return "", nil
	}
	primary := tag
	if cut := strings.IndexAny(tag, "-_"); cut >= 0 {
		primary = tag[:cut]
	}
	base, err := language.ParseBase(primary)
	if err != nil {
		return "", said.Errorf("language %q is not known: write a code of ISO 639, such as hu or prs", clip(s))
	}
	return Language(base.String()), nil
}

// Valid reports whether l is in the form that ParseLanguage gives.
func (l Language) Valid() bool {
	parsed, err := ParseLanguage(string(l))
	return err == nil && l != "" && parsed == l
}
