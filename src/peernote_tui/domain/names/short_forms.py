"""Names that are used for one another: short forms, endearments, the same name in other languages or spellings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

DIRECT, ASIDE = 0.7, 1.2
"""Slips that a short form and its full name are apart, and two short forms of one name."""

# One family a line, the fullest form first; what is indented goes on with the line above. A name may belong to several.
_FAMILIES = """
abigail abby abbie gail
abraham abe bram ibrahim
adelaide addie ada heidi
adrian adrien hadrian adrianus
agnes agnieszka ines nessa
aidan aiden ayden
alan allan allen al
albert al bert bertie alberto albrecht
alexander alejandro alexandre aleksander aleksandr oleksandr alex alec al sandy sasha sascha xander lex alessandro
  iskander sandro sanya shura ales
alexandra alejandra aleksandra oleksandra alexandria alex sandra sandy sasha lexi lexie ola alessandra shura
alfred fred alf freddy alfredo alfie
alice alicia ally alison allison alyssa ali
amanda mandy mandi
amelia amy millie emilia
anastasia nastya ana stacy stasia anastasija nastia
andrew andy drew andreas andre andrei andrej andrey andrzej andres anders ondrej andriy
angela angie angelica angelika
ann anne anna ana annie hannah hanna anya nancy anja anni anita anushka hana
anthony tony antonio anton antoine ant antony toni antek
antonia toni tonia antonina tonya
archibald archie
arthur art artie arturo artur
barbara barb barbie babs basia varvara bobbie
bartholomew bart bartek bartosz bartolome
beatrice beatrix bea trixie beatriz
benjamin ben benny benji benjy benjamim binyamin
bernard bernie bernhard bernardo
bertha bertie berta
bradley brad bradford
brian bryan brien
bridget bridie bridgid biddy brigitte birgit brigid bridgette
caitlin kaitlin kaitlyn catelyn katelyn caitlyn kate
calvin cal
cameron cam
caroline carolyn carrie carol lina caro karoline carolina karolina karolin
cassandra cassie sandra
catherine katherine kathryn cathryn catharine katharine katherina katharina katarina katarzyna ekaterina yekaterina
  jekaterina kateryna catalina caterina catrina kathrin katrin kate katie kathy cathy kat kit kitty kay trina katja
  katya kasia kathe kati caitlin karen cate
cecilia cecily celia cissy cecile cecylia
charles charlie chuck chas carlos karl carl carlo karel charly
charlotte lottie charlie lotte lotta carlotta charly
christina christine kristina kristine chris chrissy tina krista christa kirsten kristin kristen christin kerstin
  krystyna stina kris
christopher chris kit topher christoph christophe cristobal krzysztof kristopher kris toph
clara klara claire clare clair
clement clem clemens
conor connor
cornelius neil con corky kornelius
constance connie
cynthia cindy cyndi
daniel dan danny dani danilo daniil daniyar
danielle dani ella daniela daniella
david dave davey davy dawid davide dawud daoud daud
deborah debra deb debbie debby
denise denisse
dennis denis denny dionisio
diana diane dianne di dyan
dolores lola
dominic dominik dominique dom nick domingo
donald don donnie donny
dorothy dot dottie dolly dorothea dora thea
douglas doug
dmitri dmitry dimitri dima mitya dmytro dimitrios dimitar
edward ed eddie ted teddy ned eduardo edouard edek eduard edvard
edmund ed ned ted edmond
eileen aileen ilene
eleanor ellen ella ellie nell nora lenora elinor eleonora leonor lenore nelly
elena helena helen ellen lena alena olena helene halina lenka ilona nell alyona
elizabeth elisabeth elisabet isabel isabella isabelle eliza liz lizzie lizzy beth betty bess bessie betsy libby lisa
  liza elsa elsie lise elspeth ela elzbieta elise else liesl sissi isobel ysabel bella lilibeth yelizaveta erzsebet
  babette
emily em emmy millie emilie emilia
emma em emmy ema
emmanuel manuel manny manolo manu emanuel immanuel
henry enrique heinrich henri henrik hendrik heinz harry hank hal heiner kike rico quique henryk enrico henrique
ernest ernie ernst ernesto
esther essie ester hester
ethel eth
eugene gene eugenio evgeny yevgeny evgeni jewgeni eugen zhenya
eva eve ewa evie ava
evelyn eve evie evelina
fatima fatma fatimah fatema fatemeh fatimata fatoumata
felix feliks
ferdinand fernando ferdie nando ferran
florence flo florrie flora
francis frank franz francisco paco pancho frankie fran francesco francois franciszek kiko curro frans chico frantisek
  ferenc
frances fran fanny frankie francesca francisca franziska paca paquita francoise franciszka franzi sissy
frederick fred freddie freddy fritz friedrich frederic federico frederik fryderyk rick fredrik
gabriel gabe gabi gavriel jibril djibril gabor
gabriele gabriella gabrielle gabriela gabi gaby
geoffrey jeffrey geoff jeff jeffery jeffry
george jorge georg georges jerzy yuri juri yury giorgio jurek georgie jiri joris gyorgy yuriy georgios
gerald gerard gerhard gerry jerry gerardo gert gerd geraldo
gertrude trudy gertie gertrud gerti
gregory greg gregorio grzegorz gregor grigori grisha gregg grigory hryhoriy
grace gracie graciela
william guillermo bill billy will willy wilhelm guillaume liam willem memo wim willi guglielmo vilem wiliam wills
gustav gus gustavo gustave gustaf
hannah hanna hana johanna
harold harry hal harald
harriet hattie harriett henrietta henriette hettie
hassan hasan
helga olga olha olya
herbert herb bert bertie heriberto
hugh hugo hughie huw ugo
hussein husayn hussain hossein husein husain hosein huseyin
ignacio nacho ignatius ignaz ignacy ignace
ilse ilsa
irene irena irina ira iryna rena eirini
isaac ike zak itzhak yitzhak isak ishaq
isidore izzy isidro
john ivan johann johannes juan jean jan ian jack johnny jon hans giovanni joao sean shawn shaun shane shayne johan
  joan ivo yann janusz evan jens eoin owen yannick hannes vanya ioan jonny jovan yahya yohannes euan ewan jannik janek
  janos juanito
jacob jake jakob jakub james jacques giacomo iago diego jaime jim jimmy jamie jem hamish seamus shamus jack coby yakov
  yaakov yakub yaqub jacobo santiago kuba yago tiago jimbo
jacqueline jackie jacky jacquelyn
jane jean janet jeanne jana joan joanna johanna juana giovanna ivana jeanette janice jenny janey janina jeannie sinead
  siobhan shivaun shevaun chevonne siobhain joanne jo hanna asia
janice jan janis
jason jay jayson
jasmine yasmin yasmine jasmin yasemin yasmina jazmin jaz
jennifer jen jenny jenni jenna jenn
jeremy jerry jem jeremiah jeremias
jerome jerry jeronimo hieronymus
jesse jess jessie
jessica jess jessie
jesus chucho chuy suso
joachim joaquin jochen achim joakim wakeen quin hakim
jonathan jon jonny nathan jonathon johnathan
jose joseph joe joey josef giuseppe jozef pepe josip yusuf youssef yosef yousef pepito beppe sepp jo jupp che osip
  yusef josephus seppl youssouf
josephine josie jo josefina josefine fina pepa josefa josephina giuseppina
joshua josh josue yeshua
joyce joy joycelyn
judith judy judi jude judit
julia julie juliana julianna julianne giulia jules julka yulia julija yuliya uliana
julian jules julio julius giulio juliusz
karen karin carin caren karyn
kenneth ken kenny
kevin kev caoimhin
kimberly kim kimberley kimmy
khalid khaled halid kaled
konstantin constantin constantine costa kostya kostas gus
krishna kris
kurt curt
laura lori laurie lora lauren laure lorena larissa
laurence lawrence larry laurie lars lorenzo lorenz laurent lenny wawrzyniec lavrenti
leah lea lia
leonard leo leon len lenny leonardo leonhard lev leonid leonidas
leslie lesley les
lewis louis luis lou louie ludwig luigi ludovic lutz lucho ludvik luiz
lillian lily lilly lil liliana lilian lili
linda lynn lynda lin belinda
louise lou luisa louisa luise lulu
lucas luke lukas lucca luca lukasz luka luc
lucia lucy luz lucie lucille lucinda lucilla luzia lucija
madeleine madeline maddy madelyn magdalena magda lena maggie madalena marlene magdalene malena maddie
magnus manus
marcus mark marc marco marcos marek markus marko marcin martin
margaret margarita marguerite margarete margarethe margarida malgorzata margot maggie meg megan peggy greta gretchen
  gretel marge margie maisie daisy rita mairead gosia margaux grete madge marit marjorie margo margery peg
maria mary marie mariah mia mariya marija maryam mariam miriam meryem marja molly polly marika mimi mitzi marusia
  masha mascha marisol mari maja maya may moira maire maura maureen marion mariana minnie mae mamie
marianne maryann marianna mariana marian
martha marta marty marthe
martin marty martijn martino marcin marten martyn
matilda mathilda tilly tilda mattie mathilde maud
matthew matt matthias mateo matthieu mateusz matteo matty mathew mathias matias matheus mathieu matvei mats
maurice morris mo mauricio moritz mauro
maximilian max maxim maxime maximiliano maksim maksym maks maxwell massimo
melanie mel mellie
melissa mel missy lissa
michael mike mick mickey miguel michel mikhail michal mikael mihail mischa misha mikey micheal michele mihai mikolaj
  mitch mykhailo mikel miki mikail
michelle shelly michele micaela michaela shell chelle
mildred millie
miriam maryam mariam maria mimi
mohammed muhammad mohamed mohammad muhammed mohamad muhamad mehmet mehmed mo hamada muhamed mohamud mahomet moe
  mamadou
monica monika mona monique
moses moshe musa moussa moises
mustafa moustafa mostafa mustapha
natalie natalia natasha nat natalya nataliya nathalie talia tasha nata
nathaniel nathan nate nat nathanael
nicholas nick nicolas nikolai nikolaus nicolaus klaus claus nico niko nikola nicola nicky colin mikolaj mykola nikolay
  niklas nils miklos kolya nikos
nicole nicola nicky nikki colette nicolette nic
norma normie
nguyen nguyenn win nuyen nguyn
niamh neve nieve niave neeve
aoife eefa efa ifa
caoimhe keeva kiva queeva
saoirse seersha sersha searsha
oisin osheen ushin
orlaith orla orlagh
roisin rosheen rosaleen
ciara keira kira kiara
olivia liv livvy livia olive
oliver ollie oliwier olivier olli
oscar oskar ossie
oswald ozzie
omar umar omer oumar
osman othman usman uthman ousmane
pamela pam pammy
patricia pat patty patsy tricia trish patti patrizia paddy patrycja
patrick pat paddy patricio padraig patrik rick patryk padraic patrice
paul pablo paulo pawel pavel paolo pauli paulus pal pavlo
paula pauline paulina pola paulette pavla paola
penelope penny
peter pete pedro pierre piotr pietro petr pyotr petra piet petros perico peadar piers petya petro petar petter
petra peta piera
philip phillip phil filip felipe philippe filippo pip philipp flip filipe
phyllis phil
priscilla cilla prissy
rachel rach rachael raquel shelly rachelle rahel rahil
rafael raphael rafa raffael raf ralph rafal raffaele
ralph ralf raoul raul rafe
raymond ray ramon raimund raimondo moncho
rebecca becky becca reba rebekah rebeka bec rivka
reginald reg reggie reinhold reynaldo ronald rex
richard rick ricky dick rich richie ricardo riccardo ryszard rickie richi rico dickie
robert bob bobby rob robbie bert roberto robin rupert robby robb bobbie ruprecht berto
roberta bobbie robbie bobby
roderick rod rick roddy rodrigo rory
rodney rod
roger rog rogelio rudiger ruediger hodge rogerio
ronald ron ronnie
rosa rose rosie rosalia rosalie rosalind rosario rosemary rosy chayo charo
rosemary rose rosie romy rosemarie rosmarie
rudolf rudolph rudy rodolfo rolf rudi
russell russ rusty
ruth ruthie
samantha sam sammy sammie
samuel sam sammy samuele shmuel samy samuil
sarah sara sally sadie sal sarai zara sari sarita
sebastian seb bastian bas sebastien bastien
serge sergei sergey sergio sergius serhiy seryozha
sharon shari
sheila shelagh cecilia celia
shirley shirl
simon simeon simone szymon shimon si ximon semyon
sofia sophia sophie zofia sonia sonja sonya sophy zosia sofie safiya
stanley stan stanislav stanislaw staszek
stephen steven stefan stephan steve stevie esteban etienne stefano szczepan stepan stephane istvan steffen stephon
stephanie steph stephania stefanie stefania steffi stevie estefania steffie stephany
susan sue susie suzanne susanna suzy susanne zuzanna susana suzan suzie sanna zuzana shoshana
suleiman sulaiman solomon suleyman salomon soliman shlomo sol
sylvia silvia sylvie silvie
svetlana sveta lana
tamara tammy tamar toma mara
tatiana tanya tania tatjana tanja
terence terry terrence terrance
theresa teresa terri terry tess tessa tere tessie therese resi teresita terese
theodore ted theo teddy fyodor fedor theodor teodor teodoro fiodor
thomas tom tommy tomas tomasz tommaso thom tam tomaso
timothy tim timmy timo timotheus timoteo timofei
tobias toby tobi
ulrich uli ulli udo
ulrike uli rike ulla
ursula ulla uschi uschy orsula urszula ula
valentina val valya tina
valerie val valeria
vanessa nessa
veronica ronnie vera roni veronika weronika nika
victor vic viktor vittorio wiktor vitya
victoria vicky vickie tori viktoria vic vicki vittoria wiktoria tory vita
vincent vince vinny vicente vincenzo vinnie vinzenz
virginia ginny ginger gina
vladimir volodymyr wladimir vova wlodzimierz volodya vlad
vivian viv vivien vivienne bibiana
walter walt wally wat gualterio valter
wanda vanda
wenceslaus vaclav waclaw wenzel
wolfgang wolf
yvonne evon ivonne yvon evonne
xavier javier xaver xabier javi havier saverio
zachary zach zack zak zachariah zacharias zakaria
joan juana
guadalupe lupe lupita
concepcion concha conchita
rosario charo chayo
consuelo chelo
mercedes merche meche
dolores lola lolita
pilar pili
rafaela rafi
eduardo lalo edu
gerardo lalo
hector tito
alberto beto
roberto beto
humberto beto
gonzalo chalo
vicente chente
ali aly alee
ahmad ahmed ahmet akhmed
abdullah abdallah abdulla abdoulaye
abdulrahman abdelrahman abdurrahman abderrahmane
mahmoud mahmud mehmud
aisha ayesha aicha aysha aishah ayse aissatou
zainab zaynab zeynep zeinab
leila layla laila leyla lejla
khadija khadijah hatice kadija khadidja
amina aminah emine aminata
noor nour nur nora
tariq tarek tarik
salih saleh
yasser yasir
faisal faysal feisal
jamal gamal djamal cemal jamaal
hamza hamzah
zhang chang jang
zhou chou
wang wong huang
li lee lei leigh
chen chan tan chin
xu hsu shu
liu lau lew
kim gim
park pak bak
choi choe
jung jeong chung
yun yoon
smith smyth smythe schmidt schmitt schmid schmitz smitt
meyer meier mayer maier myers
brown braun browne
clark clarke
reid reed read
johnson johnston jonson johnsen
nielsen nelson nilsson nilsen
peterson petersen pedersen petersson
anderson andersen andersson
hansen hanson hansson
white whyte
gray grey
stewart stuart
philips phillips
thompson thomson
macdonald mcdonald
"""


@cache
def _table() -> Mapping[str, Mapping[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for line in _FAMILIES.replace("\n  ", " ").split("\n"):
        family = line.split()
        for name in family:
            near = found.setdefault(name, {})
            for other in family:
                if other != name:
                    cost = DIRECT if family[0] in (name, other) else ASIDE
                    near[other] = min(cost, near.get(other, cost))
    return found


def used_for(word: str) -> Mapping[str, float]:
    """The names that a folded name is used for, or that are used for it, and how far they are from it in slips."""
    return _table().get(word, _NOTHING)


def names_beginning(text: str) -> list[str]:
    """The names with other forms that begin with a folded text."""
    names = _sorted_names()
    return names[bisect_left(names, text) : bisect_left(names, text + "\U0010ffff")]


@cache
def _sorted_names() -> list[str]:
    return sorted(_table())


_NOTHING: Mapping[str, float] = MappingProxyType({})
