package sheet

import (
	"fmt"
	"io"
	"strings"
	"testing"
)

// events writes a document as "<name attribute r>", "text" and "</name>".
func events(document string) (string, error) {
	scanner := newXMLScanner(strings.NewReader(document), 1<<20)
	var out strings.Builder
	for {
		kind, err := scanner.next()
		switch {
		case err == io.EOF:
			return out.String(), nil
		case err != nil:
			return out.String(), err
		case kind == startTag:
			fmt.Fprintf(&out, "<%s %s>", scanner.name, scanner.attribute("r"))
		case kind == endTag:
			fmt.Fprintf(&out, "</%s>", scanner.name)
		default:
			out.Write(scanner.text)
		}
	}
}

func TestXMLScanner(t *testing.T) {
	for document, want := range map[string]string{
		`<?xml version="1.0"?><a r="1"/>`:              `<a 1></a>`,
		`<x:a x:r="2" r = '1'><!-- < > --><b/></x:a >`: `<a 1><b ></b></a>`,
		`<a r="x>y/">&lt;&amp;&#65;&#x42;</a>`:         `<a x>y/><&AB</a>`,
		`<a><![CDATA[<b> ]] > é]]></a>`:                `<a ><b> ]] > é</a>`,
		`<a r=1 s="2"></a>`:                            `<a ></a>`,
		"<a\n r=\"1\"\n/>\n":                           "<a 1></a>\n",
	} {
		if got, err := events(document); err != nil || got != want {
			t.Errorf("%s\n got %q, %v\nwant %q", document, got, err, want)
		}
	}
}

func TestXMLScannerRefuses(t *testing.T) {
	for document, want := range map[string]string{
		``:                               "unexpected EOF",
		`text`:                           "unexpected EOF",
		`<a>`:                            "unexpected EOF",
		`<a`:                             "unexpected EOF",
		`<a r="`:                         "unexpected EOF",
		`<a><!-- `:                       "unexpected EOF",
		`<a></b>`:                        "closed where",
		`</a>`:                           "never opened",
		`<a/><b/>`:                       "not in order",
		`<a>&b;</a>`:                     "not known",
		`<a>&#xD800;</a>`:                "not known",
		`<a>&b</a>`:                      "not followed by ;",
		"<a>\xff</a>":                    "not UTF-8",
		`<!DOCTYPE a [<!ENTITY b "c">]>`: "document type",

		strings.Repeat("<a>", 300):                       "nest deeper",
		"<a>" + strings.Repeat("x", 2<<20) + "</a>":      "larger than 1 MB",
		`<a r="` + strings.Repeat("x", 2<<20) + `"/>`:    "larger than 1 MB",
		"<a><!--" + strings.Repeat(">", 2<<20) + "--/>":  "larger than 1 MB",
		`<a r="` + strings.Repeat(`>`, 200_000<<3) + `"`: "larger than 1 MB",
	} {
		if got, err := events(document); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %.40q, %v; want %q", document, got, err, want)
		}
	}
}
