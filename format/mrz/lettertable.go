package mrz

import (
	"strings"
	"sync"
)

// latinTable maps capital letters to their spelling. Letters whose spelling is
// the base letter without its mark are not listed.
var latinTable = sync.OnceValue(func() map[rune]string {
	table := map[rune]string{}
	for pair := range strings.FieldsSeq(latinLetters + cyrillicLetters + arabicLetters) {
		letter, spelling, _ := strings.Cut(pair, "=")
		for _, r := range letter {
			table[r] = spelling
		}
	}
	return table
})

const latinLetters = `Ä=AE Å=AA Æ=AE Ð=D Ö=OE Ø=OE Ü=UE Þ=TH ß=SS ẞ=SS Đ=D Ħ=H ı=I I=I Ĳ=IJ ĸ=Q Ł=L Ŀ=L Ŋ=N Œ=OE Ŧ=T Ə=E `

const cyrillicLetters = `А=A Б=B В=V Г=G Д=D Е=E Ё=E Ж=ZH З=Z И=I Й=I К=K Л=L М=M Н=N О=O П=P Р=R С=S Т=T У=U Ф=F Х=KH Ц=TS
Ч=CH Ш=SH Щ=SHCH Ъ=IE Ы=Y Ь= Э=E Ю=IU Я=IA І=I Ї=I Ј=J Љ=LJ Њ=NJ Ћ=C Ђ=D Џ=DZ Ѓ=G Ќ=K Ѕ=DZ Ў=U Ґ=G Є=IE Ѫ=U Ѵ=Y Ғ=F Ә=A Қ=K Ң=N Ө=O Ү=U Ұ=U Һ=H Ӣ=I Ӯ=U Ҷ=J Ҳ=H `

const arabicLetters = `ء=XE آ=XAA أ=XAE ؤ=U إ=I ئ=XI ا=A ب=B ة=XTA ت=T ث=XTH ج=J ح=XH خ=XKH د=D ذ=XDH ر=R ز=Z س=S ش=XSH ص=XSS
ض=XDZ ط=XTT ظ=XZZ ع=E غ=G ف=F ق=Q ك=K ل=L م=M ن=N ه=H و=W ى=XAY ي=Y ٱ=XXA ٹ=XXT ټ=XRT پ=P چ=XCH ڈ=XXD ډ=XDR ړ=XXR ژ=XZH
ک=XKA گ=XG ں=XNN ھ=XDO ہ=XGO ی=XYA ے=XYB `
