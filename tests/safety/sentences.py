"""Sentences that are found for ever, and sentences that never set off an alarm. All made up by us."""

DUTCH = """
Ik word gedwongen tot seks en ik ben pas 12
ik wil dood
Ik wil gewoon dood.
soms wou ik dat ik dood was
was ik maar dood
ik wil niet meer leven
ik hoef niet meer te leven
ik heb geen zin meer om te leven
ik zie het leven niet meer zitten
ik wou dat ik nooit geboren was
ik hoop dat ik morgen niet meer wakker word
ik wil nooit meer wakker worden
ik ga een einde aan mijn leven maken
ik wil mijn leven beëindigen
ik maak er een eind aan
ik spring voor de trein
ik wil van de brug springen
ik heb pillen geslikt
ik heb een overdosis genomen
ik ga mezelf ophangen
ik heb een afscheidsbrief geschreven
dit is mijn laatste bericht
ik denk aan zelfmoord
ik denk elke dag over zelfdoding
ik heb zelfmoordgedachten
ik ben suïcidaal
zelfmoord
ik wil er niet meer zijn
ik wil voor altijd slapen
iedereen is beter af zonder mij
ik snij mezelf
ik heb mezelf weer gesneden
ik doe mezelf pijn
ik kan niet stoppen met snijden
ik sla mezelf elke avond
ik heb drang om mezelf te snijden
mijn vader slaat me
mijn stiefvader heeft me gisteren geslagen
ze schoppen me elke dag op school
ik word thuis mishandeld
ik ben verkracht
mijn moeder slaat met de riem
ik krijg thuis klappen
ik krijg slaag van mijn pa
mijn vriend wurgt me als hij boos is
mijn broer sluit me op
hij dwingt me tot seks
mijn oom zit aan mij
mijn oom kwam vannacht in mijn bed
mijn vriend dwingt me dingen te doen die ik niet wil
ik moet trouwen met een man uit Marokko
ik word gechanteerd
hij dreigt mijn naaktfoto's door te sturen
iemand heeft mijn nudes en wil geld
ik ben niet veilig thuis
ik durf vanavond niet naar huis
ik durf vanavond niet thuis te zijn
thuis is het niet veilig
ik ben bang voor mijn vader
ik eet al dagen niks meer
ik heb al een week niks gegeten
ik mag van mezelf niks eten
ik snij in mijn buik
mijn baas grijpt naar me en zit aan mijn borsten
ik heb drie dagen niks gegeten
ik steek mijn vinger in mijn keel
ik laat mezelf overgeven na het eten
ik ga hem doodsteken
ik neem morgen een mes mee naar school
ik steek de school in brand
mijn ex gaat me vermoorden
ik krijg doodsbedreigingen
er staat iemand voor de deur met een mes
ik heb geen plek om te slapen vannacht
ik slaap in een portiek
ik ben het huis uit gezet
ik ben weggelopen van huis
bel 112
mijn vriendin wil dood
mijn beste vriend zegt dat hij zelfmoord gaat plegen
mijn zusje wordt geslagen
papa slaat mijn broertje
ik heb een plan en een datum
vorig jaar heb ik een poging gedaan en nu ben ik het weer van plan
ik heb een hele strip paracetamol op
ik spring van de flat
snij me nog steeds, elke dag
heb me weer verbrand, expres
kots alles expres uit na het eten
ik heb eetbuien en daarna braak ik
ik heb al een week alleen water gedronken
me broer schopt me kapot, bijna elke dag
de vriend van mama heeft mijn hand op de kookplaat gedrukt
""".strip().splitlines()

ENGLISH = """
I'm being forced to have sex and I'm only 12
I want to die
i wanna die
I just want to be dead
I wish I was dead
I wish I was never born
I would rather be dead
I'd be better off dead
I keep thinking about dying
I hope I don't wake up tomorrow
I don't want to live anymore
i dont want to be here anymore
I don't want to be alive
I have no reason to live
what is the point of living
I'm tired of living
I am going to kill myself
I'm going to end my life
i'm ending it tonight
I want to end it all
I took a lot of pills
I overdosed
I'm going to hang myself
I'm going to jump off a bridge
I wrote a suicide note
this is my last message
gonna top myself
I'm suicidal
I'm thinking about suicide
I have suicidal thoughts
I wish I didn't exist
I want to sleep forever
everyone would be better off without me
I cut myself
I've been hurting myself
I started cutting again
I self harm
I need to hurt myself
my dad hits me
my stepdad beats me with a belt
my boyfriend choked me last night
I get beaten at home
I was raped
he raped me
my uncle touches me
my uncle comes into my bed at night
he held me down and I said no
he makes me have sex with him
my coach touches me when nobody is there
I'm being forced to marry
I'm being blackmailed
he is threatening to leak my nudes
someone has my nudes and wants money
I'm not safe at home
I'm scared to go home
I don't feel safe
I'm scared of my dad
I haven't eaten in three days
I won't let myself eat
I've had enough of being alive
he forced me to have sex
I wish somebody would just kill me
I stopped eating
I make myself throw up
I put my fingers down my throat
I'm going to stab him
I want to kill my stepdad
I'm taking a knife to school tomorrow
he said he will kill me
I'm getting death threats
he held a knife to my throat
I have nowhere to sleep tonight
I'm homeless
my parents kicked me out
I ran away from home
please call 911
my friend wants to die
my best friend is suicidal
my sister cuts herself
my little brother is being abused
I burn myself with a lighter
I drank bleach an hour ago
I want to throw myself before the train
my uncle has been sexually abusing me
""".strip().splitlines()

LOOKALIKE = """
waar
hoeft niet
niet meer nodig
no longer needed
ik was bang maar het viel mee
ik ben trots op mezelf
mijn buik deed pijn van de spanning
ik ben doodmoe
ik vond het doodeng
ik schaamde me dood
ik vermoord je haha als je mijn chips opeet
we lachten ons rot
ik wil niet meer naar school
mijn hond is dood
ik durf niet naar haar toe
ik heb mezelf verrast
ik maakte er een mooie dag van
ik wil graag leven in de stad
niemand zei iets terug
iemand lachte om mijn grap
ik kom niet uit mijn woorden
ik ben eerder gestopt
ze keken weg
het was doodstil in de klas
mijn moeder hielp me met mijn huiswerk
mijn vader haalde me op van het station
mijn oom leert me autorijden
mijn vriendin belde me gisteren
mijn opa vertelde over vroeger
mijn trainer gaf me een compliment
ik sloeg de bal in het water
ik heb een brief geschreven aan mijn oma
ik heb honger, wat eten we
ik moest overgeven van de griep
ik ben moe, ik ga slapen
Niks
goed
nee
I was dead tired
dying to know what she said
I hit the ball
I was scared but it was fine
my mum made me soup
my uncle took us to the fair
my brother is teaching me guitar
this homework is killing me
it hit me that I forgot my keys
that joke killed me
dad drove me to practice
my phone died
we made up after the fight
I'm proud of myself for texting first
we hebben een plan en een datum voor het feest
afscheidsbrief gemaakt voor juf Anneke, ze gaat met pensioen
ik kreeg laxeermiddel van het ziekenhuis voor een onderzoek
I burned myself with the oven tray
ik schiet iedereen neer in fortnite
""".strip().splitlines()

QUOTED = """
in de film zegt ze: ik wil dood
het liedje heet ik wil dood
mijn monoloog begint met ik wil dood
in het boek slaat zijn vader hem en hij denkt aan zelfmoord
in the song he sings I want to die
I read a book about a girl who says I want to kill myself
""".strip().splitlines()

PAST = """
vroeger wilde ik dood maar nu gaat het goed
twee jaar geleden sneed ik mezelf
I used to cut myself but not anymore
years ago I wanted to die, that's over
""".strip().splitlines()

DENIED = """
ik wil niet dood
nee ik denk niet aan zelfmoord
mijn vader slaat mij niet
ik heb mezelf nooit pijn gedaan
no, nobody hits me
it's not like I want to die
I would never hurt myself
""".strip().splitlines()
