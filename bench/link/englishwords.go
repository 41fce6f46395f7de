package main

import "strings"

// Common English given names, the most frequent first; forms after a slash are
// those that people call themselves.
var (
	englishBoys = strings.Fields(`James/Jim/Jimmy John/Jack Robert/Bob/Rob Michael/Mike William/Will/Bill David/Dave Richard/Rick/Dick
Joseph/Joe Thomas/Tom Charles/Charlie Christopher/Chris Daniel/Dan Matthew/Matt Anthony/Tony Mark Donald/Don Steven/Steve Paul Andrew/Andy
Joshua/Josh Kenneth/Ken Kevin Brian George Edward/Ed/Ted Ronald/Ron Timothy/Tim Jason Jeffrey/Jeff Ryan Jacob/Jake Gary Nicholas/Nick Eric
Jonathan/Jon Stephen/Steve Larry Justin Scott Brandon Benjamin/Ben Samuel/Sam Gregory/Greg Frank Alexander/Alex Raymond/Ray Patrick/Pat
Jack Dennis Jerry Tyler Aaron Jose Adam Henry/Harry Nathan/Nate Douglas/Doug Zachary/Zach Peter/Pete Kyle Walter/Walt Ethan Jeremy Harold/Hal
Keith Christian Roger Noah Gerald Carl Terry Sean Austin Arthur/Art Lawrence/Larry Jesse Dylan Bryan Joe Jordan Billy Bruce Albert/Al Willie
Gabriel/Gabe Logan Alan Juan Wayne Roy Ralph Randy Eugene/Gene Vincent/Vince Russell/Russ Elijah/Eli Louis/Lou Bobby Philip/Phil Johnny
Clarence Ernest/Ernie Leonard/Leo Stanley/Stan Hugh Alfred/Alf Frederick/Fred Leslie/Les Cecil Herbert/Bert Percy Sidney/Sid Cyril Reginald/Reg`)
	englishGirls = strings.Fields(`Mary Patricia/Pat/Trish Jennifer/Jen/Jenny Linda Elizabeth/Liz/Beth/Betty Barbara/Barb Susan/Sue Jessica/Jess Sarah/Sally Karen
Nancy Lisa Margaret/Maggie/Peggy Betty Sandra/Sandy Ashley Dorothy/Dot Kimberly/Kim Emily Donna Michelle Carol Amanda/Mandy Melissa/Mel
Deborah/Debbie Stephanie/Steph Rebecca/Becky Laura Sharon Cynthia/Cindy Kathleen/Kathy Amy Shirley Angela/Angie Helen Anna/Annie Brenda Pamela/Pam
Nicole/Nicky Samantha/Sam Katherine/Kate/Kathy Emma Ruth Christine/Chris Catherine/Cathy/Kate Debra/Debbie Rachel Carolyn Janet Virginia/Ginny
Maria Heather Diane Julie Joyce Victoria/Vicky Olivia Kelly Christina/Tina Lauren Joan Evelyn/Eve Judith/Judy Megan/Meg Cheryl Andrea Hannah
Martha/Patty Jacqueline/Jackie Frances/Fran Gloria Ann Teresa/Terry Kathryn/Kathy Sara Janice Jean Alice Madison Doris Abigail/Abby Julia Judy
Grace Denise Amber Marilyn Beverly/Bev Danielle Theresa/Tess Sophia/Sophie Marie Diana Brittany Natalie Isabella/Bella Charlotte/Lottie Rose
Alexis Kayla Florence/Flo Ethel Edith/Edie Gladys Ivy Lilian/Lily Mabel Winifred/Winnie Phyllis Hilda Nora Eleanor/Nell Harriet/Hattie`)
	englishSurnames = strings.Fields(`Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson
Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King Wright Scott
Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts Gomez Phillips Evans Turner Diaz Parker Cruz
Edwards Collins Reyes Stewart Morris Morales Murphy Cook Rogers Gutierrez Ortiz Morgan Cooper Peterson Bailey Reed Kelly Howard Ramos Kim Cox
Ward Richardson Watson Brooks Chavez Wood James Bennett Gray Mendoza Ruiz Hughes Price Alvarez Castillo Sanders Patel Myers Long Ross Foster
Jimenez Powell Jenkins Perry Russell Sullivan Bell Coleman Butler Henderson Barnes Gonzales Fisher Vasquez Simmons Romero Jordan Patterson
Alexander Hamilton Graham Reynolds Griffin Wallace Moreno West Cole Hayes Bryant Herrera Gibson Ellis Tran Medina Aguilar Stevens Murray Ford
Castro Marshall Owens Harrison Fernandez Mcdonald Woods Washington Kennedy Wells Vargas Henry Chen Freeman Webb Tucker Guzman Burns Crawford
Olson Simpson Porter Hunter Gordon Mendez Silva Shaw Snyder Mason Dixon Munoz Hunt Hicks Holmes Palmer Wagner Black Robertson Boyd Rose Stone
Salazar Fox Warren Mills Meyer Rice Schmidt Garza Daniels Ferguson Nichols Stephens Soto Weaver Ryan Gardner Payne Grant Dunn Kelley Spencer
Hawkins Arnold Pierce Hansen Peters Santos Hart Bradley Knight Elliott Cunningham Duncan Armstrong Hudson Carroll Lane Riley Andrews Alvarado`)
	englishStems = strings.Fields(`Ash Black Brad Bram Brook Burn Camp Carl Chat Clay Clif Cold Cran Crom Dal Dart Den Dud Dun East El Fair Fal
Farn Glen Gold Graf Grim Had Hal Ham Har Hart Hather Hay Hed High Hol Hor Hun Kel Ken Kil Kirk Lang Lin Long Lox Lud Mal Mar Mel Mid Mil Mor
New Nor North Oak Old Pel Pem Pen Pick Rad Ray Red Rich Rush Rut Sal San Scar Sel Shel Sher Stan Staple Sut Swin Tad Thorn Til Under Up Wad Wal
War Wat Wel West Whit Wil Win Wood Wor Wy Yar`)
	englishEnds = strings.Fields(`ton ley ford ham well wood field worth by stead man son kins ett bury combe croft dale den don gate grove hurst lake land
low mere more over ridge shaw smith stock thorpe wall ward water way wick`)
	englishTowns = strings.Fields(`London Leeds York Hull Bath Derby Luton Bristol Oxford Dover Exeter Preston Norwich Reading Bolton Swindon Ipswich Stockport
Rotherham Oldham Gloucester Plymouth Portsmouth Southampton Nottingham Leicester Coventry Bradford Sheffield Liverpool Manchester Birmingham
Newcastle Sunderland Wolverhampton Middlesbrough Peterborough Cambridge Blackpool Burnley Huddersfield Cheltenham Chelmsford Colchester Crawley`)
)
