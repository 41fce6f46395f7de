package names

import (
	"slices"
	"strings"
	"sync"
)

// CommonForms are given names that are forms of one name in English, German,
// Hungarian, Slavic and Romance languages and in Arabic spellings; each line is one
// name. Compiled from general knowledge, it does not claim to be complete.
const CommonForms = `
istvan stefan stephan stephen steven steve pista pisti etienne esteban stepan stjepan stefano stevan
janos johann johannes hans john jan ivan jean giovanni juan jancsi jani jack johnny ioannis yannis jon joao ian hansi
jozsef josef joseph joe jozef josip giuseppe jose jozsi yusuf yousef youssef josephine pepi
ferenc franz francis frank frantisek franjo francesco francois feri franciszek francisco franc
gyorgy georg george jiri juraj jerzy giorgio georges gyuri jorge yuri iurii georgios
laszlo ladislaus ladislav wladyslaw laci leslie les ladislao
karoly karl charles carl karel karol carlo charlie charley chas carlos karcsi chuck
lajos ludwig louis lewis ludvik luigi luis lou ludovic
miklos nikolaus nicholas nikola nikolai mikulas nicolas nick niklas mykola nicola miki
mihaly michael mihail mikhail michal michel mike mihai misi michele miguel mykhailo mick
pal paul pavel pawel pavol paolo pablo pali paulo pavlo
peter petr pedro pietro pierre piotr petar peti pete petro pyotr
sandor alexander aleksandr alexandre alex sanyi alessandro oleksandr aleksander sasha alejandro iskandar sandy alec
andras andreas andrew andrej andre andrzej bandi andy andriy andrea andrei
imre emmerich emery imrich emeric mirko
jeno eugen eugene evzen eugenio yevhen evgeny gene
geza gejza
antal anton anthony antonin antoni antonio toni tony antoine
bela adalbert albert vojtech bert bertie
endre andor
gabor gabriel gabi gabriele
gergely gregor gregory grzegorz greg grigory hryhoriy
henrik heinrich henry henri heinz harry enrico hal henrique
vilmos wilhelm william guillaume will bill willy willie billy wilson vilem guglielmo guillermo
tamas thomas tomas tom tommy tommaso tomasz
matyas matthias mathias matthew matej mateusz matt matteo matthieu
marton martin martino
jakab jakob jacob james jim jimmy jakub jacques giacomo jamie jacobo yaqub jaime
erno ernst ernest arnost ernesto ernie
gusztav gustav gustave gus
rezso rudolf rudolph rudi
zsigmond sigmund siegmund sigismund zygmunt zsiga
tivadar theodor theodore teodor ted fedor fyodor
robert rob bob bobby bert roberto rupert robin
richard rick dick ritchie riccardo ricardo rich richey
edward ed eddie ned ted eduard edouard eduardo edvard ede ward eddy
edmund edmond odon ed ned
benjamin ben benny
daniel dan danny daniele
david dave davey davy dawid dawud daoud
samuel sam sammy
frederick friedrich fred freddy frigyes fritz frederic federico fryderyk freddie
arthur art artur arturo
walter wat walt valter
lawrence laurence lorinc lorenz larry laurent lorenzo laurie
philip phillip fulop philipp philippe phil filip felipe
nathaniel nathan nat nate
reginald reg rex reggie
alfred alf fred alfredo alfie
christopher kristof christoph chris kit krzysztof cristobal
augustus august agoston auguste augustin gus
francis frank frankie fran
patrick pat paddy
timothy tim
vincent vince vinzenz vicenzo vincenzo
abraham abe abram ibrahim ebrahim
isaac ike isaak ishaq
elias elijah illes ilyas
moses mozes musa moshe moise
solomon salamon sol suleiman sulayman
joshua josh jozsua
ralph rafe
hugh hugo hughes ugo
hugh hughie
geoffrey jeffrey geoff jeff gottfried
ambrose ambrus
oliver ollie noll
maria mary marie mariya mari marika maryam mariam miriam molly polly may mania maryam
anna anne ann hannah annie nancy ania panni annus anny annette nan
erzsebet elisabeth elizabeth alzbeta elzbieta isabel liz beth betty bessie lizzie bozsi lisa eliza libby isabella elsie lilibet
katalin katharina catherine katherine kathleen kate katerina ekaterina kati kitty katy katarzyna caterina kata cathy kathy kat
ilona helene helen helena elena ilka ilonka ella nell nellie eleanor olena ellen
julianna juliana julia julie juliska juli giulia yulia
margit margaret margarete marguerite margarita gitta peggy maggie greta meg madge daisy malgorzata marketa madgie
terezia theresia theresa therese teresa rezi tereza terry terez tess
eva eve evi ewa
agnes agi agnieszka inez nessie aggie
borbala barbara borka varvara babs
zsuzsanna susanna susan suzanne zuzana zsuzsa sue susie zuzanna
rozalia rosalia rosalie rozsa rose rosa rozi rosie
magdolna magdalena madeleine magda magdalene maud
judit judith judy
gizella gisela giselle gizi
emilia emilie emily emma emlie millie emmie
sarah sara sally sadie sarolta
martha marta patty mattie
dorothy dorothea dora dorottya dolly dot
charlotte carlotta sarolta lottie
jane johanna joan janet jean jenny joanna johanka jana giovanna jeanne janos
alice alicia aliz alison
caroline karolina carolina carrie lina
frances franciska franziska fanny francesca
harriet henrietta hattie harriett henriette
louisa louise lujza luise lou
lucy lucia luca lucie luzia lucille
mathilde matilda matild tilly maud
victoria viktoria vicky viktorija
virginia ginny
mohammed muhammad mohamed mohammad muhammed mehmet mohamad mahomet mhmd mohd
ahmed ahmad ahmet hmd
ali aly
hussein husain hussain hossein hosein huseyin
hassan hasan
abdullah abdallah abdulla
mahmoud mahmud
khaled khalid halid
omar umar omer
osman othman usman uthman
fatima fatma fatimah fatemeh
aisha aysha ayesha aicha ayse
zaynab zainab zeinab zeynep
khadija hatice khadijah
yahya yehya
jamal gamal cemal
kareem karim
said saeed sayed saeid
dmitri dmitry dimitri dmytro demeter dimitrios
volodymyr vladimir wladimir waldemar vova volodya
sergei sergey serhiy serge sergio
oleg oleh
olga olha helga
natalia natalya nataliya natasha nathalie
tatiana tetiana tatyana tanya
svetlana svitlana
irina iryna irene irena
vasyl vasily wasyl basil vasile laszlo
bohdan bogdan
`

// moreForms are lines that only whole names are compared by: short forms and
// spellings that a register shows by itself when it has them.
const moreForms = `
benjamin binyamin benyamin bibi benny ben
osama usama ousama oussama
ahmed ahmad ahmet achmed hamada
mustafa mostafa moustafa mustapha
youssef yusuf yousef yousif joseph
ibrahim abraham ebrahim brahim
mariam maryam maria miriam mariyam
fatima fatma fatme fatoumata fatou fadma
abdelrahman abdurrahman abdulrahman abderrahmane abdirahman
abdallah abdullah abdoulaye abdullahi
mamadou mohamed muhammad muhamad mohd maxamed mehmet mohamadou
cheikh sheikh
jose pepe
francisco paco pancho curro kiko
ignacio nacho
guadalupe lupe
dolores lola
rosario charo
concepcion concha
mercedes merche meche
enrique quique
jesus chucho
manuel manolo
luis lucho
alberto beto
roberto beto
antonio tono
aleksandr alexander sasha shura sanya sascha
alexandra sasha aleksandra ola
mikhail misha
dmitri dima mitya
vladimir volodya vova wolodymyr
sergei serhiy seryozha
nikolai kolya mykola
ivan vanya
yevgeny zhenya evgeni eugene
pavel pasha
aleksei alexei alyosha oleksiy oleksii
anatoly tolya
konstantin kostya
boris borya
maria masha marusya
anastasia nastya
ekaterina katya kateryna
tatiana tanya
natalia natasha
elena lena olena
svetlana sveta
galina galya halyna
yelena lena
ludmila lyuda liudmyla
larisa lara
wladyslaw wladek
stanislaw staszek stasiek
tadeusz tadek
malgorzata gosia
katarzyna kasia
agnieszka aga
joanna asia
luigi gigi
giuseppe beppe peppe pino
giovanni gianni nino
sebastian basti
maximilian max
alexandros alekos
konstantinos kostas costas
ioannis giannis yannis
georgios giorgos yorgos
dimitrios dimitris mitsos
panagiotis panos takis
eleni elena
mehmet memo
hasan hasso
devorah deborah dvora
yitzhak isaac itzhak yitzchak
yaakov jacob yakov yankel
moshe moses moishe
shlomo solomon
avraham abraham avi
rivka rebecca rebekah
rahel rachel raquel
yehuda judah judas
yosef joseph yossi jose
chaim haim
`

// formsOf gives the lines of both lists that hold a word.
var formsOf = sync.OnceValue(func() map[string][]uint16 { return FormTable(CommonForms + moreForms) })

// FormTable maps each name to the numbers of its lines; empty lines count for none.
func FormTable(lines string) map[string][]uint16 {
	groups := make(map[string][]uint16)
	for i, line := range strings.FieldsFunc(lines, func(r rune) bool { return r == '\n' }) {
		for name := range strings.FieldsSeq(line) {
			if !slices.Contains(groups[name], uint16(i)) {
				groups[name] = append(groups[name], uint16(i))
			}
		}
	}
	return groups
}

// ShareForm says whether two names, by their lines, are forms of one.
func ShareForm(a, b []uint16) bool {
	for _, line := range a {
		if slices.Contains(b, line) {
			return true
		}
	}
	return false
}
