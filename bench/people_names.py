"""Fictional people of many cultures for the lookup benchmark: names as common and as rare as in a city."""

from __future__ import annotations

import random
from itertools import product

_FIRST = {
    "english": """james john robert michael william david joshua jack thomas lachlan matthew daniel benjamin samuel
        liam ethan jacob luke ryan joel nicholas alexander dylan jordan cooper isaac mitchell caleb connor aidan kyle
        zachary adam oliver harrison riley jayden noah callum patrick brandon jake lewis charlie max angus hamish henry
        george edward stephen christopher anthony peter paul mark andrew kenneth gregory brian keith trevor graham
        emily jessica sarah georgia chloe isabella sophie hannah olivia grace ella amy emma charlotte ruby mia
        lucy madison holly abigail caitlin jasmine zoe amelia alyssa samantha rebecca katherine elizabeth megan lauren
        rachel bethany courtney paige imogen tahlia brianna lara eliza erin stephanie nicole alexandra victoria mary
        susan margaret helen patricia jennifer linda barbara dorothy heather wendy shirley deborah teresa tiffany kayla
        brooke bridget phoebe annabelle savannah kiara tegan shania jacinta finn kane tyson dakota beau blake
        kirra xanthe freya keely bailey mikayla talia stella matilda isobel lily poppy sean shaun geoffrey philip""",
    "german": """peter michael thomas andreas wolfgang klaus jürgen günter stefan christian uwe werner horst frank
        dieter manfred gerhard hans bernd jörg ralf rainer matthias martin helmut heinz karl jens sebastian florian
        sven torsten holger björn rüdiger ursula karin helga sabine renate monika susanne gisela petra birgit andrea
        gabriele brigitte claudia heike katrin ingrid anja silke elke martina christa stefanie jutta angelika
        kerstin ulrike friederike lieselotte annegret waltraud käthe gudrun sigrid anneliese jana steffi franziska""",
    "spanish": """josé juan luis carlos jorge miguel francisco antonio manuel javier alejandro diego rafael fernando
        héctor guillermo enrique raúl eduardo andrés sergio joaquín jesús ángel ramón maría guadalupe carmen ana rosa
        juana josefina marisol lucía ximena valentina camila isabel dolores pilar esperanza yolanda graciela beatriz
        consuelo mercedes soledad itzel maribel leticia xiomara yesenia gonzalo ignacio santiago mateo""",
    "slavic": """aleksander ivan dmitri sergei vladimir piotr paweł krzysztof wojciech tomasz łukasz grzegorz mikhail
        andrei yuri bohdan taras jiří václav zdeněk milan dragan goran zoran katarzyna małgorzata agnieszka svetlana
        olga tatiana natalia oksana ludmila anastasia ekaterina zofia jadwiga halina ivana jelena snežana danuta
        mieczysław bogumiła szymon radosław""",
    "arabic": """mohammed ahmed mahmoud hussein khaled yusuf ibrahim omar hassan mustafa abdullah tariq walid bilal
        karim nasser faisal jamal rashid samir fatima aisha zainab khadija layla maryam amina noor samira yasmin
        hanan rania zahra salma nadia souad iman huda wafa latifa""",
    "french": """jean pierre philippe françois étienne thibault benoît guillaume gaétan yves mathieu rémy luc
        élodie geneviève chantal sylvie mireille anaïs chloé aurélie véronique jacqueline noémie solène maëlle""",
    "asian": """linh hoa phuong thanh tuan dung quang minh huong thuy wei ming xiao mei jing hui yan jun li fang hao
        min-jun ji-woo seo-yeon hyun soo-jin kenji hiroshi yuki sakura haruto naoko""",
    "indian": """priya rahul anjali sanjay deepak sunita rajesh vijay lakshmi arun kavita ravi meena suresh pooja
        harpreet gurpreet manjit amit neha shreya vikram lalitha jayanthi""",
    "african": """kwame kofi ama abena chinedu ngozi oluwaseun adaeze ifeoma emeka tendai thandiwe sipho amara
        aaliyah keisha deshawn latoya jamal malik imani tyrone shanice ebony abdi hodan amina fadumo""",
    "irish": """siobhán niamh aoife caoimhe saoirse ciarán oisín pádraig eoin róisín gráinne seán orlaith conor""",
}
_LAST = {
    "english": """smith jones williams brown wilson taylor johnson white martin anderson thompson nguyen thomas walker
        harris lee ryan robinson kelly king davis wright evans roberts green hall wood jackson clarke clark hughes
        lewis scott turner hill moore ward cooper morris edwards bailey murphy bell mitchell campbell stewart watson
        parker bennett young phillips adams carter baker collins gray reid cook marshall shaw rogers russell
        mackenzie mcdonald macdonald mccarthy ferguson graham hamilton hayes henderson kennedy lawson matthews
        nicholson palmer pearson peterson richards richardson sanders simpson stephens stevens sullivan webb""",
    "german": """müller schmidt schneider fischer weber meyer wagner becker schulz hoffmann schäfer koch bauer richter
        klein wolf schröder neumann schwarz zimmermann braun krüger hofmann hartmann lange schmitt werner krause
        meier lehmann schmid schulze maier köhler herrmann könig walter mayer huber kaiser fuchs peters lang scholz
        möller weiß jung hahn schubert vogel friedrich keller günther frank berger winkler roth beck lorenz baumann
        franke albrecht schuster simon ludwig böhm winter kraus martin schumacher krämer vogt stein jäger otto
        sommer groß seidel heinrich brandt haas schreiber graf schulte dietrich ziegler kuhn kühn pohl engel
        horn busch bergmann thomas voigt sauer arnold wolff pfeiffer hübner strauß""",
    "spanish": """garcía hernández martínez lópez gonzález rodríguez pérez sánchez ramírez cruz flores gómez morales
        vázquez reyes jiménez torres díaz gutiérrez ruiz mendoza aguilar ortiz moreno castillo romero álvarez méndez
        chávez rivera juárez ramos domínguez herrera medina castro vargas guzmán velázquez muñoz rojas contreras
        salazar luna ortega santiago guerrero estrada bautista cortés soto alvarado espinoza ávila zúñiga quispe
        villanueva de-la-cruz del-río santos""",
    "slavic": """nowak kowalski wiśniewski wójcik kowalczyk kamiński lewandowski zieliński szymański woźniak dąbrowski
        ivanov petrov sidorov smirnov kuznetsov popov volkov novák svoboda dvořák černý procházka jovanović petrović
        nikolić marković đorđević horvat kovač shevchenko kovalenko bondarenko tkachenko szczepański krawczyk
        grabowski pawłowski wasilewski jaworski""",
    "arabic": """al-rashid hassan hussein abdullah mansour haddad khoury najjar saleh nasser el-sayed al-khatib ibrahim
        osman farouk rahman aziz qureshi malik chaudhry shah hamdan darwish sabbagh masri zidan""",
    "french": """dubois lefèvre moreau girard beaulieu thibodeaux gauthier bouchard tremblay leblanc rousseau fournier
        lacroix desjardins boudreaux arsenault chevalier benoît guérin""",
    "asian": """nguyen tran le pham huynh hoang phan vu dang bui chen wang li zhang liu yang huang zhao wu zhou xu
        kim park choi jung kang yoon tanaka suzuki yamamoto watanabe nakamura""",
    "indian": """patel singh sharma kumar gupta reddy kaur nair iyer chatterjee banerjee desai mehta krishnan joshi
        venkataraman subramaniam""",
    "african": """okafor adeyemi mensah owusu nwosu eze okonkwo mbeki dlamini ndlovu moyo diallo traoré washington
        jefferson booker gaines warsame""",
    "irish": """o'brien o'connor o'sullivan byrne gallagher doherty kavanagh ó-briain mccarthy maguire o'neill
        fitzgerald quinn""",
}
_HAN = (
    "李明",
    "王芳",
    "张伟",
    "刘洋",
    "陈静",
    "杨丽华",
    "赵小明",
    "黄志强",
    "周杰",
    "吴秀英",
    "欧阳娜娜",
    "김민수",
    "박지영",
)
_SHARES = {
    "english": 44, "german": 16, "spanish": 12, "slavic": 7, "arabic": 6, "asian": 5, "french": 3, "indian": 3,
    "african": 3, "irish": 2,
}  # fmt: skip
_ENGLISH_TAIL = (
    """ash black brad burn cal car chad clay crom dar eas fair gar gold had hal har hart hawk hol hun kir lang mar mil
    nor oak pem pres rad red rock sax sel sher stan sun thorn wal war west whit win""",
    "field ford ley ton wood worth man well by ham wick brook dale more shaw combe hurst",
)
_GERMAN_TAIL = (
    """alt bach berg birn brück dorn eich eis feld gold grün hagen hoh horn kalten kirch linden mühl neu ober reich
    rosen sand schön sonn stein tannen wald weid winkel""",
    "mann bach berg feld hauer hofer lich stein bauer huber wald thal",
)
_RARE_PARTS = (
    "al bar cor dal el fen gar hol ir jas kor lem mor nal or pel quin ros sal tor ur van wil yor zel",
    "a be cha do e fi ga hi i ka lo mi na o pe ra si ta u vo",
    "bach dini ez ford glia hart ian kis land mar nik ova poulos quist ric son tti ub vich wala yan zek",
)
_RARE = 0.12
_COMMONNESS = 0.75


class People:
    """Draws names: the first of a list often, the last seldom, a long tail of rare surnames.

    Args:
        chance: What is left to chance comes from it.
    """

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._first = {culture: _listed(names) for culture, names in _FIRST.items()}
        self._last = {culture: _listed(names) for culture, names in _LAST.items()}
        for culture, (begin, end) in (("english", _ENGLISH_TAIL), ("german", _GERMAN_TAIL)):
            tail = ["".join(pair).capitalize() for pair in product(begin.split(), end.split())]
            chance.shuffle(tail)
            self._last[culture] += tail

    def name(self) -> tuple[str, str]:
        """A given and a family name; one string and an empty one for a name written without a space."""
        chance = self._chance
        if chance.random() < 0.01:
            return chance.choice(_HAN), ""
        culture = chance.choices(list(_SHARES), weights=list(_SHARES.values()))[0]
        other = culture if chance.random() < 0.85 else chance.choice(list(_LAST))
        given, family = self._draw(self._first[culture]), self._draw(self._last[other])
        if chance.random() < _RARE:
            family = "".join(chance.choice(parts.split()) for parts in _RARE_PARTS).capitalize()
        if chance.random() < 0.06:
            given = f"{given} {self._draw(self._first[culture])}"
        if other == "spanish" and chance.random() < 0.4:
            family = f"{family} {self._draw(self._last[other])}"
        return given, family

    def _draw(self, names: list[str]) -> str:
        weights = [(rank + 1) ** -_COMMONNESS for rank in range(len(names))]
        return self._chance.choices(names, weights=weights)[0]


def _listed(names: str) -> list[str]:
    return [
        name.title().replace("-", " ") if "-la-" in name or "del-" in name else _cased(name) for name in names.split()
    ]


def _cased(name: str) -> str:
    return "-".join("'".join(part.capitalize() for part in piece.split("'")) for piece in name.split("-"))
