package mrz

import "strings"

// Status says what a code of nationality or issuer means.
type Status string

// The statuses. Stored as words, never renumbered.
const (
	StatusNational     Status = "national"                // of a State: ISO 3166-1 alpha-3, or D
	StatusStateless    Status = "stateless"               // 1954 Convention
	StatusRefugee      Status = "refugee"                 // 1951 Convention
	StatusOtherRefugee Status = "refugee, other"          // not under the 1951 Convention
	StatusUnspecified  Status = "unspecified"             // nationality not stated
	StatusOrganisation Status = "organisation"            // staff of an international organisation
	StatusTerritory    Status = "territory"               // resident without a State's nationality
	StatusBritish      Status = "British, not citizen"    // the forms of British nationality
	StatusSpecimen     Status = "specimen, not a country" // Utopia
	StatusUnknown      Status = "unknown"
)

// Holder says what a code of one to three letters means. Codes of States are
// not listed here: three letters that mean nothing else are a State's, to be
// looked up in ISO 3166-1; Alpha3 is that code, empty where there is none.
func Holder(code string) (status Status, alpha3 string) {
	code = strings.ToUpper(code)
	switch code {
	case "XXA":
		return StatusStateless, ""
	case "XXB":
		return StatusRefugee, ""
	case "XXC":
		return StatusOtherRefugee, ""
	case "XXX":
		return StatusUnspecified, ""
	case "D":
		return StatusNational, "DEU"
	case "GBD", "GBN", "GBO", "GBP", "GBS":
		return StatusBritish, "GBR"
	case "RKS", "XKX":
		return StatusTerritory, ""
	case "UNK":
		return StatusTerritory, ""
	case "UTO":
		return StatusSpecimen, ""
	case "UNO", "UNA", "EUE", "IAO", "XBA", "XCC", "XCE", "XCO", "XCT", "XDC", "XEC", "XES", "XIM", "XMP", "XOM", "XPO":
		return StatusOrganisation, ""
	}
	if len(code) == 3 && letters(code) && !strings.Contains(code, " ") {
		return StatusNational, code
	}
	return StatusUnknown, ""
}

// Protected reports whether a code is that of a person without a State's
// protection: stateless, or a refugee of either kind.
func Protected(code string) bool {
	status, _ := Holder(code)
	return status == StatusStateless || status == StatusRefugee || status == StatusOtherRefugee
}
