package names

import (
	"strings"
	"sync"
)

// Lists are compiled from general knowledge of naming customs; they do not claim
// to be complete. All words are as fold gives them.

const particleList = `
al el ad as ash an ar at az ul ud ur us uz il bin ben ibn bint bte binti binte b bt ould wuld oulad ait abu aboe bou
van von vom zu zum zur zem der den des de di du da do dos das del della delle dello degli dei d la le les lo los las
ter ten te t op af av st y e i und and et the of na e dit a ha ibni i
ال بن ابن بنت ولد بني آل
ben bat בן בת
фон де ван дер оглы кызы уулу
`

const titleList = `
mr mrs ms miss mister madam mme mlle m dr drs doctor dra prof professor ir ing mag dipl dott sir lord lady dame hon
rev revd reverend fr father sr jr snr jnr junior senior esq phd md bsc msc mba ma ba qc kc mp
herr frau fraulein senor senora srta don dona pan pani gospodin gospodja
sheikh shaikh shaykh sheik shekh haji hajj hajji hajja haj al-hajj mullah mulla molla mawlawi maulavi mawlana maulana ustad ustadh sayyid sayyed syed
imam qari ayatollah hojjatoleslam
king queen prince princess count countess duke baron earl emperor president minister general gen colonel col major maj
captain capt lieutenant lt sergeant sgt admiral adm marshal bishop archbishop pope saint cardinal
shri sri smt kumari thiru selvi daw
bey effendi pasha hanim hoca
d-r ifj id ozv dr-ne
الدكتور دكتور السيد سيد السيدة الشيخ شيخ الحاج حاج الاستاذ الأستاذ المهندس الملا ملا
דר מר גברת פרופ
г господин д-р проф
`

const patronymicEnds = `ovich evich ovych evych ivich ovic evic ovna evna ivna ovych yovych yivna ovitch evitch oglu ogly qizi kizi kyzy zade
ович евич ьич овна евна ична івна йович йовна ївна инична`

var (
	particles = sync.OnceValue(func() map[string]bool { return wordSet(particleList) })
	titles    = sync.OnceValue(func() map[string]bool { return wordSet(titleList) })
	patronyms = sync.OnceValue(func() []string { return strings.Fields(patronymicEnds) })
)

func wordSet(list string) map[string]bool {
	set := make(map[string]bool)
	for w := range strings.FieldsSeq(list) {
		set[string(plainLatin(fold(w)))] = true
	}
	return set
}
