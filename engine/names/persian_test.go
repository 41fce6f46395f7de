package names

import (
	"strings"
	"testing"
)

// Names of heads of state and government, writers and cities as newspapers write them, in
// the letters of each language, and as English writes them; _ is the letter that joins no
// other.
const (
	persianNames = `محمود احمدی_نژاد = Mahmoud Ahmadinejad
حسن روحانی = Hassan Rouhani
ابراهیم رئیسی = Ebrahim Raisi
علی خامنه_ای = Ali Khamenei
روح_الله خمینی = Ruhollah Khomeini
مسعود پزشکیان = Masoud Pezeshkian
محمد خاتمی = Mohammad Khatami
اکبر هاشمی رفسنجانی = Akbar Hashemi Rafsanjani
شیرین عبادی = Shirin Ebadi
نرگس محمدی = Narges Mohammadi
اصغر فرهادی = Asghar Farhadi
عباس کیارستمی = Abbas Kiarostami
محمدرضا پهلوی = Mohammad Reza Pahlavi
میرحسین موسوی = Mir-Hossein Mousavi
محمدجواد ظریف = Mohammad Javad Zarif
مصطفی چمران = Mostafa Chamran
جعفر پناهی = Jafar Panahi
فروغ فرخزاد = Forough Farrokhzad
ژاله آموزگار = Jaleh Amouzgar
گلشیفته فراهانی = Golshifteh Farahani
تهران = Tehran
اصفهان = Isfahan
شیراز = Shiraz
مشهد = Mashhad
تبریز = Tabriz
کرج = Karaj
چابهار = Chabahar
گرگان = Gorgan
کرمانشاه = Kermanshah
زاهدان = Zahedan`
	dariNames = `اشرف غنی = Ashraf Ghani
حامد کرزی = Hamid Karzai
عبدالله عبدالله = Abdullah Abdullah
برهان_الدین ربانی = Burhanuddin Rabbani
احمدشاه مسعود = Ahmad Shah Massoud
عبدالرشید دوستم = Abdul Rashid Dostum
سیما سمر = Sima Samar
کابل = Kabul
هرات = Herat
مزار شریف = Mazar-i-Sharif
غزنی = Ghazni`
	urduNames = `نواز شریف = Nawaz Sharif
شہباز شریف = Shehbaz Sharif
عمران خان = Imran Khan
بینظیر بھٹو = Benazir Bhutto
ذوالفقار علی بھٹو = Zulfikar Ali Bhutto
آصف علی زرداری = Asif Ali Zardari
محمد علی جناح = Muhammad Ali Jinnah
ملالہ یوسفزئی = Malala Yousafzai
پرویز مشرف = Pervez Musharraf
محمد ضیاء الحق = Muhammad Zia-ul-Haq
لیاقت علی خان = Liaquat Ali Khan
فضل الٰہی چودھری = Fazal Ilahi Chaudhry
ممنون حسین = Mamnoon Hussain
یوسف رضا گیلانی = Yousaf Raza Gilani
شاہد خاقان عباسی = Shahid Khaqan Abbasi
فیض احمد فیض = Faiz Ahmed Faiz
عبدالستار ایدھی = Abdul Sattar Edhi
کراچی = Karachi
لاہور = Lahore
راولپنڈی = Rawalpindi
پشاور = Peshawar
کوئٹہ = Quetta
ملتان = Multan
سیالکوٹ = Sialkot
گوجرانوالہ = Gujranwala
گجرات = Gujrat
مظفر گڑھ = Muzaffargarh`
	pashtoNames = `محمد نجیب الله = Mohammad Najibullah
ګلبدین حکمتیار = Gulbuddin Hekmatyar
هبت الله اخوندزاده = Hibatullah Akhundzada
حفیظ الله امین = Hafizullah Amin
نورمحمد تره_کی = Nur Muhammad Taraki
خوشحال خان خټک = Khushal Khan Khattak
محمود خان اڅکزی = Mahmood Khan Achakzai
پاچا خان ځدراڼ = Pacha Khan Zadran
راشد خان = Rashid Khan
سراج الدین حقاني = Sirajuddin Haqqani
عبدالغني برادر = Abdul Ghani Baradar
امیرخان متقي = Amir Khan Muttaqi
کندهار = Kandahar
جلال اباد = Jalalabad
لښکرګاه = Lashkargah
پېښور = Peshawar
ننګرهار = Nangarhar
هلمند = Helmand
وردګ = Wardak
کونړ = Kunar
خوست = Khost
پکتیا = Paktia
ارزګان = Uruzgan
کوټه = Quetta`
)

func TestNamesInPersianUrduAndPashtoLetters(t *testing.T) {
	m := load(t)
	for language, list := range map[string]string{"Persian": persianNames, "Dari": dariNames, "Urdu": urduNames, "Pashto": pashtoNames} {
		lines := strings.Split(strings.ReplaceAll(list, "_", "\u200c"), "\n")
		for i, line := range lines {
			own, latin, _ := strings.Cut(line, " = ")
			a, b := m.Prepare(own), m.Prepare(latin)
			if w := m.Compare(a, b); w < 1 {
				var read []string
				for _, word := range a.Words {
					read = append(read, word.Text+" "+word.Latin)
				}
				t.Errorf("%s: %s and %s weigh %.1f; it is read %s", language, own, latin, w, strings.Join(read, ", "))
			}
			_, stranger, _ := strings.Cut(lines[(i+7)%len(lines)], " = ")
			if w := m.Compare(a, m.Prepare(stranger)); w > 0 && !strings.Contains(latin+stranger, "Sharif") {
				t.Errorf("%s: %s and %s weigh %.1f", language, own, stranger, w)
			}
		}
	}
}

// Letters that look alike or stand for one another between the languages make one word.
func TestLettersOfOneWord(t *testing.T) {
	m := load(t)
	for _, c := range []struct{ a, b string }{
		{"کریمی", "كريمي"}, {"فاطمہ", "فاطمه"}, {"علی\u200cاکبر", "علیاکبر"}, {"خټک", "خٹک"}, {"ننګرهار", "ننگرهار"}, {"ﻣﺤﻤﺪ", "محمد"}, {"مُحَمَّد", "محمد"},
	} {
		if x, y := m.Word(c.a), m.Word(c.b); x.Text != y.Text {
			t.Errorf("%s is %s, %s is %s", c.a, x.Text, c.b, y.Text)
		}
	}
}
