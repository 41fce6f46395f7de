package main

import "strings"

// The lists below are invented or recalled common Hungarian names and words;
// the forms of a given name after the slash are those of other clerks.
var (
	boys = strings.Fields(`István/Stefan/Stephen/Pista János/Johann/John József/Josef/Joseph László/Ladislaus Ferenc/Franz/Francis
Sándor/Alexander Gyula/Julius Imre/Emmerich Károly/Karl/Charles Lajos/Ludwig/Louis Mihály/Michael György/Georg/George
Béla/Adalbert András/Andreas/Andrew Tibor Zoltán Pál/Paul Gábor/Gabriel Antal/Anton Jenő/Eugen Miklós/Nikolaus/Nicholas Géza
Ernő/Ernst Péter/Peter Attila Dezső/Desiderius Árpád Tamás/Thomas Kálmán/Koloman Vilmos/Wilhelm/William Márton/Martin
Endre/Andreas Ottó/Otto Róbert/Robert Rezső/Rudolf Gergely/Gregor Ádám/Adam Győző/Viktor Dániel/Daniel Dávid/David Jakab/Jakob
Zsigmond/Sigmund Barnabás/Barnabas Lőrinc/Lorenz Levente Csaba Ákos Gusztáv/Gustav Elemér Ödön/Edmund Aladár Nándor/Ferdinand`)
	girls = strings.Fields(`Mária/Maria/Mary Erzsébet/Elisabeth/Elizabeth Ilona/Helene/Helen Anna/Anne Margit/Margarete/Margaret Katalin/Katharina/Catherine
Julianna/Juliana Irén/Irene Rozália/Rosalia Éva/Eva Terézia/Theresia/Theresa Borbála/Barbara Magdolna/Magdalena Piroska
Gizella/Gisela Etelka Judit/Judith Zsuzsanna/Susanna/Susan Ágnes/Agnes Edit/Edith Klára/Klara/Clara Sarolta/Charlotte Olga Aranka
Jolán/Jolanthe Ibolya/Viola Veronika/Veronica Rózsa/Rosa Márta/Martha Emma Lenke Vilma Matild/Mathilde Erika Ildikó Marianna
Júlia/Julia Teréz/Therese Gabriella Valéria/Valerie Eszter/Esther Hajnalka Dóra/Dora Hermina Izabella/Isabella Karolina/Caroline`)
	surnames = strings.Fields(`Nagy Kovács Tóth Szabó Horváth Varga Kiss Molnár Németh Farkas Balogh Papp Takács Juhász Lakatos Mészáros Oláh
Simon Rácz Fekete Szilágyi Török Fehér Balázs Gál Kis Szűcs Kocsis Orsós Pintér Fodor Szalai Sipos Magyar Lukács Gulyás Biró Király
Katona László Jakab Bogdán Balog Sándor Boros Fazekas Kelemen Antal Somogyi Váradi Fülöp Orosz Vincze Veres Hegedűs Deák Budai Pap
Bálint Pál Illés Szőke Vörös Vass Bognár Lengyel Fábián Bodnár Szűts Hajdu Halász Jónás Máté Székely Kozma Gáspár Pásztor Bakos
Dudás Major Virág Orbán Hegedüs Barna Novák Soós Tamás Nemes Pataki Faragó Borbély Balla Kerekes Szekeres Barta Péter Dobos Csonka`)
	stems      = strings.Fields(`Bár Csep Dán Er Föld Gár Hor Irs Jan Kár Lud Mik Nád Or Pet Ráb Sár Szen Tar Ug Vas Zám Bog Csá Deb Fej Gom Haj Kál Lip Mező Nyí Rev Som Ter Vép`)
	middles    = strings.Fields(`a e i o á é do ko me ni pa ra sze ta va za go la`)
	endings    = strings.Fields(`si vári falvi házi sy ri lyi czi nyi dy ki ssy nai kos tos más rás nács dor`)
	towns      = strings.Fields(`Budapest Győr Sopron Szombathely Debrecen Szeged Miskolc Pécs Kecskemét Székesfehérvár Veszprém Tatabánya Mosonmagyaróvár Zalaegerszeg Nagykanizsa Eger Szolnok Kaposvár`)
	townStarts = strings.Fields(`Kis Nagy Alsó Felső Új Ó Szent Magyar Rába Duna Tisza Bakony Mező Balaton Zala Vas Somogy`)
	townEnds   = strings.Fields(`falva háza vár szeg hely kereszt patak völgy hegy halom telek kút liget szállás tó monostor lak berény rét udvar`)
	jobs       = strings.Fields(`labourer student miner clerk locksmith tailor nurse teacher engineer driver cook farmer carpenter electrician baker mason doctor soldier housewife weaver`)

	bare    = strings.NewReplacer("á", "a", "é", "e", "í", "i", "ó", "o", "ö", "o", "ő", "o", "ú", "u", "ü", "u", "ű", "u", "Á", "A", "É", "E", "Ó", "O", "Ö", "O", "Ő", "O", "Ú", "U", "Ü", "U")
	german  = strings.NewReplacer("sz", "s", "cs", "tsch", "s", "sch", "gy", "dj", "ny", "nj", "cz", "z", "ő", "oe", "ö", "oe", "ü", "ue", "ű", "ue", "v", "w", "á", "a", "é", "e", "í", "i", "ó", "o", "ú", "u", "ly", "j")
	russian = strings.NewReplacer("sch", "ш", "sz", "с", "cs", "ч", "gy", "дь", "ny", "нь", "zs", "ж", "ly", "й", "s", "ш", "a", "а", "b", "б", "c", "ц", "d", "д", "e", "е", "f", "ф", "g", "г", "h", "х", "i", "и", "j", "й", "k", "к",
		"l", "л", "m", "м", "n", "н", "o", "о", "p", "п", "q", "к", "r", "р", "t", "т", "u", "у", "v", "в", "w", "в", "x", "кс", "y", "и", "z", "з")
)
