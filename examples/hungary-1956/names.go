package hungary1956

import (
	"sort"
	"strconv"
	"strings"
)

// weighted draws words in proportion to their weights.
type weighted struct {
	words []string
	upTo  []int
}

// newWeighted reads "word weight" pairs; an underscore stands for a space. A word
// without a weight has the weight of the word before it.
func newWeighted(table string) weighted {
	var w weighted
	last, sum := 1, 0
	fields := strings.Fields(table)
	for i := 0; i < len(fields); i++ {
		w.words = append(w.words, strings.ReplaceAll(fields[i], "_", " "))
		if i+1 < len(fields) {
			if n, err := strconv.Atoi(fields[i+1]); err == nil {
				last = n
				i++
			}
		}
		sum += last
		w.upTo = append(w.upTo, sum)
	}
	return w
}

func (w weighted) draw(r rng) string {
	n := r.IntN(w.upTo[len(w.upTo)-1])
	return w.words[sort.SearchInts(w.upTo, n+1)]
}

// Family names by origin, weights from general knowledge.
const (
	hungarianFamilies = `Nagy 240 Kovács 225 Tóth 220 Szabó 220 Horváth 205 Varga 140 Kiss 135 Molnár 110 Németh 95 Farkas 85
Balogh 82 Papp 58 Takács 57 Juhász 55 Lakatos 40 Mészáros 40 Oláh 38 Simon 36 Rácz 34 Fekete 32 Szilágyi 30 Török 28 Fehér 27
Balázs 26 Gál 25 Kis 24 Szűcs 24 Kocsis 23 Orsós 14 Pintér 23 Fodor 22 Szalai 21 Sipos 21 Magyar 20 Lukács 20 Gulyás 20 Bíró 20
Király 19 Katona 19 László 18 Jakab 18 Bogdán 12 Balog 17 Sándor 16 Boros 16 Fazekas 16 Kelemen 16 Antal 15 Somogyi 15 Váradi 14
Fülöp 14 Orosz 14 Vincze 14 Veres 13 Hegedűs 13 Deák 13 Budai 12 Pap 12 Bálint 12 Pál 12 Illés 11 Szőke 11 Vörös 11 Lengyel 11
Bognár 11 Fábián 11 Bodnár 10 Szücs 10 Hajdu 10 Halász 10 Máté 10 Székely 9 Kozma 9 Gáspár 9 Pásztor 9 Bakos 9 Dudás 9 Major 8
Orbán 8 Virág 8 Hegedüs 8 Barna 8 Nemes 8 Soós 8 Novák 8 Tamás 8 Pataki 8 Balla 7 Faragó 7 Kerekes 7 Szekeres 7 Borbély 7 Barta 7
Péter 7 Csonka 7 Mezei 7 Dobos 6 Szántó 6 Sárközi 6 Márton 6 Kántor 6 Bárány 5 Berta 5 Erdős 5 Csizmadia 5 Dombi 5 Egyed 5 Ferenczi 5
Gergely 5 Győri 5 Hajós 4 Imre 5 Jónás 5 Kardos 5 Keresztes 5 Köves 3 Léránt 1 Lovas 4 Mátyás 4 Miklós 4 Nyári 4 Pálfi 4 Polgár 4
Rózsa 4 Sebestyén 4 Szigeti 4 Tímár 4 Tolnai 3 Újvári 3 Vajda 4 Vas 3 Végh 4 Zala 2 Zsoldos 3 Zámbó 2 Csányi 3 Csete 2 Gyenes 3 Nyíri 2`
	swabianFamilies = `Müller 20 Schmidt 22 Wagner 16 Weber 12 Bauer 12 Fischer 12 Hoffmann 10 Schneider 10 Klein 10 Keller 7 Mayer 12 Huber 6
Wolf 8 Braun 8 Krausz 6 Pfeiffer 5 Frank 6 Lang 6 Stark 3 Lehmann 3 Schäffer 4 Ritter 4 Kaiser 4 Hauser 3 Zimmermann 4 Steiner 5 Reichert 3 Eberhardt 3 Gruber 3 Wittmann 4`
	jewishFamilies = `Kohn 10 Weisz 14 Schwarcz 10 Grosz 8 Klein 8 Roth 7 Stern 7 Friedmann 6 Rosenberg 5 Goldberger 4 Deutsch 6 Lőwy 5 Fleischer 4
Rosenthal 3 Spitzer 4 Pollák 5 Ungár 3 Berger 5 Steiner 4 Katz 4 Hirsch 4 Singer 4 Vadász 2 Székely 3 Breuer 3 Fried 3`
	croatianFamilies = `Horvát 8 Kovacsics 5 Grubits 3 Palkovics 5 Jurasovits 2 Babics 4 Maronics 2 Milkovits 3 Szabadics 2 Radics 3 Fábics 2 Gosztola 3 Prikidánovics 1 Takács 2 Lukácsics 1`
	slovakFamilies   = `Hornyák 6 Novák 5 Szlovák 4 Hudák 4 Kostyál 2 Bartos 4 Kollár 5 Krizsán 4 Liska 3 Petrik 3 Medve 2 Zelenák 3 Lehoczky 3 Mihalik 4 Valent 2 Hrabovszky 2`
)

// Given names by sex and era: born before 1915, 1915 to 1939, later.
const (
	menOld = `János 60 József 62 István 58 Ferenc 42 Sándor 38 László 12 Lajos 34 Mihály 30 György 26 Károly 28 Imre 24 Gyula 22 Antal 16 Béla 18
Pál 18 András 18 Dezső 9 Jenő 10 Géza 10 Ernő 8 Miklós 10 Gábor 6 Kálmán 9 Péter 8 Mátyás 7 Vilmos 6 Ödön 4 Márton 5 Ignác 4 Adolf 3 Mór 2 Ármin 2 Zsigmond 4 Rezső 5 Oszkár 3 Aladár 4 Elemér 4`
	menMid = `László 62 József 62 István 62 János 56 Ferenc 44 Sándor 38 Zoltán 26 Lajos 26 György 30 Imre 24 Károly 24 Gyula 22 Béla 20 Tibor 28 Mihály 20
Gábor 16 András 18 Pál 16 Miklós 14 Péter 16 Jenő 9 Géza 9 Ernő 6 Kálmán 8 Árpád 8 Attila 7 Tamás 8 Endre 8 Ottó 5 Dénes 4 Antal 9 Dezső 6 Iván 4 Róbert 5 Vilmos 4 Elemér 4 Bertalan 3 Zsigmond 2 Győző 3 Szilveszter 2 Vince 3 Rudolf 3 Henrik 2`
	menYoung = `László 60 István 54 József 50 János 40 Ferenc 34 Zoltán 40 Sándor 30 Gábor 30 Attila 26 Péter 30 György 26 Tibor 28 Tamás 18 András 18 Imre 14
Lajos 12 Károly 14 Béla 12 Gyula 12 Csaba 14 Miklós 12 Mihály 12 Pál 8 Árpád 6 Róbert 8 Ákos 4 Balázs 4 Jenő 4 Géza 5 Endre 3 Levente 2 Zsolt 8 Ernő 2`
	womenOld = `Mária 78 Erzsébet 58 Anna 50 Ilona 46 Margit 38 Julianna 30 Rozália 18 Terézia 22 Katalin 18 Borbála 10 Zsuzsanna 12 Etelka 10 Gizella 16 Irén 20
Teréz 10 Jolán 14 Piroska 10 Emma 6 Berta 5 Róza 5 Regina 4 Hermina 4 Magdolna 8 Veronika 8 Ágnes 6 Aranka 10 Vilma 8 Sarolta 4 Olga 5 Szidónia 4 Karolina 5 Ida 6 Janka 3 Hedvig 3 Apollónia 2 Eszter 6 Lídia 3 Franciska 4`
	womenMid = `Mária 70 Erzsébet 56 Ilona 48 Margit 38 Anna 36 Katalin 30 Magdolna 28 Irén 22 Julianna 20 Éva 30 Rozália 14 Piroska 14 Gizella 12 Klára 14 Ágnes 14
Judit 16 Edit 12 Marianna 4 Teréz 8 Terézia 10 Jolán 12 Aranka 12 Zsuzsanna 16 Veronika 8 Márta 14 Vera 6 Sára 3 Etelka 7 Olga 6 Emília 4 Eszter 6 Valéria 6 Lívia 4 Ibolya 12 Rózsa 8 Borbála 6 Erika 3 Vilma 4 Gabriella 6 Hajnalka 2 Ida 3 Matild 2 Zita 2 Ilonka 3`
	womenYoung = `Mária 64 Erzsébet 44 Ilona 34 Katalin 44 Éva 46 Anna 26 Zsuzsanna 36 Judit 34 Ágnes 26 Márta 18 Magdolna 18 Margit 16 Julianna 12 Edit 14 Erika 16
Klára 12 Gabriella 12 Ibolya 12 Gyöngyi 6 Györgyi 5 Irén 10 Piroska 6 Rozália 6 Tünde 5 Andrea 5 Krisztina 6 Marianna 5 Eszter 5 Teréz 4 Veronika 5 Csilla 4 Enikő 4 Ildikó 22 Beáta 3 Emese 2 Valéria 4 Olga 3 Zita 2 Anikó 6`
	jewishMen   = `György 20 Miklós 14 László 18 Pál 14 Imre 12 András 10 Ernő 8 Sándor 10 Ármin 4 Mór 3 Dezső 6 István 12 Tamás 10 Péter 12 Róbert 5`
	jewishWomen = `Éva 20 Judit 18 Ágnes 14 Zsuzsanna 12 Klára 12 Vera 10 Erzsébet 10 Magda 8 Regina 3 Olga 5 Lili 4 Edit 6 Margit 8 Sári 3 Lívia 4`
)

const birthplaces = `Budapest 300 Győr 60 Sopron 50 Szombathely 34 Mosonmagyaróvár 26 Székesfehérvár 26 Miskolc 30 Pécs 34 Szeged 26 Debrecen 26 Tatabánya 24
Veszprém 18 Kaposvár 14 Nagykanizsa 16 Zalaegerszeg 14 Pápa 14 Komárom 12 Esztergom 10 Kecskemét 14 Szolnok 10 Dunapentele 10 Várpalota 8 Ajka 8 Csorna 8 Kapuvár 8
Kőszeg 6 Sárvár 6 Körmend 5 Szentgotthárd 5 Baja 8 Mohács 8 Barcs 4 Siklós 4 Nyíregyháza 10 Eger 8 Vác 8 Cegléd 7 Hódmezővásárhely 8 Békéscsaba 8 Kolozsvár 5 Kassa 4 Pozsony 4 Szabadka 4`

// nameBook holds all tables of names, read once for a run.
type nameBook struct {
	families [originCount]weighted
	men      [3]weighted
	women    [3]weighted
	jewish   [2]weighted
	towns    weighted
}

type origin int

const (
	hungarian origin = iota
	swabian
	jewish
	croatian
	slovak
	originCount
)

func newNameBook() *nameBook {
	return &nameBook{
		families: [originCount]weighted{
			newWeighted(hungarianFamilies), newWeighted(swabianFamilies), newWeighted(jewishFamilies),
			newWeighted(croatianFamilies), newWeighted(slovakFamilies),
		},
		men:    [3]weighted{newWeighted(menOld), newWeighted(menMid), newWeighted(menYoung)},
		women:  [3]weighted{newWeighted(womenOld), newWeighted(womenMid), newWeighted(womenYoung)},
		jewish: [2]weighted{newWeighted(jewishMen), newWeighted(jewishWomen)},
		towns:  newWeighted(birthplaces),
	}
}

func (b *nameBook) origin(r rng) origin {
	switch n := r.IntN(100); {
	case n < 82:
		return hungarian
	case n < 90:
		return swabian
	case n < 94:
		return jewish
	case n < 97:
		return croatian
	default:
		return slovak
	}
}

// family draws a family name; a few common Hungarian names carry a second one,
// as they did where too many neighbours were called the same.
func (b *nameBook) family(r rng, o origin) string {
	name := b.families[o].draw(r)
	if o == hungarian && r.chance(0.03) {
		if second := b.families[hungarian].draw(r); second != name {
			return name + " " + second
		}
	}
	return name
}

func (b *nameBook) given(r rng, s sex, born int, o origin) string {
	if o == jewish && r.chance(0.7) {
		return b.jewish[s].draw(r)
	}
	era := 2
	switch {
	case born < 1915:
		era = 0
	case born < 1940:
		era = 1
	}
	if s == male {
		return b.men[era].draw(r)
	}
	return b.women[era].draw(r)
}
