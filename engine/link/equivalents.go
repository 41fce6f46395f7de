package link

import (
	"strings"
	"sync"

	"cairn/engine/names"
)

// nameGroups maps each given name that has forms in several languages to the
// numbers of its names; forms that a register itself shows are learned.
var nameGroups = sync.OnceValue(func() map[string][]uint16 { return names.FormTable(names.CommonForms) })

const particleWords = ` de del della der den des di du da do la le les las los lo el al ul van von vom zu zum zur zur ter ten
 of the y e i und et and bin ben ibn bint abu ould st af av til dit a `

const titleWords = ` sir lord lady dame mr mrs miss ms dr prof professor rev revd reverend hon honourable baron baronet bt bart
 baroness earl count countess viscount viscountess marquess marquis duke duchess prince princess knight captain capt
 colonel col major maj general gen lieutenant lt sergeant admiral adm bishop archbishop jr sr junior senior esq
 herr frau fraulein ing mag dipl ifj id ozv gen pan pani mme mlle m sheikh shaikh hajj haji ustad sayyid doktor dra
 jnr snr phd md qc kc mp kcb obe mbe cbe `

var (
	particles = sync.OnceValue(func() map[string]bool { return wordSet(particleWords) })
	titles    = sync.OnceValue(func() map[string]bool { return wordSet(titleWords) })
)

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
