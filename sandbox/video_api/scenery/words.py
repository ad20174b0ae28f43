"""The words that a practice clip is drawn from, in the languages people write prompts in."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from sandbox.video_api.scenery.brush import Colour

#: How much of a prompt is read.
LONGEST_READ = 2000


class Time(StrEnum):
    """What time of day it is."""

    #: The sun has just come up.
    DAWN = "dawn"
    #: Bright daylight.
    DAY = "day"
    #: The sun goes down.
    SUNSET = "sunset"
    #: Stars and a moon.
    NIGHT = "night"


class Weather(StrEnum):
    """What comes from the sky."""

    #: Nothing but light.
    CLEAR = "clear"
    #: Slanting rain under a grey sky.
    RAIN = "rain"
    #: Rain with lightning.
    STORM = "storm"
    #: Flakes, and white ground.
    SNOW = "snow"
    #: Banks of mist that drift by.
    FOG = "fog"


class Place(StrEnum):
    """Where it is."""

    #: Open water with a far coast.
    SEA = "sea"
    #: Sand and palms at the water.
    BEACH = "beach"
    #: Meadows and rolling hills.
    HILLS = "hills"
    #: Ridges one behind the other, the last with snow.
    MOUNTAINS = "mountains"
    #: Fir trees in the mist.
    FOREST = "forest"
    #: Houses with lit windows.
    CITY = "city"
    #: Dunes.
    DESERT = "desert"
    #: Planets among stars.
    SPACE = "space"
    #: Under water, with rays of light.
    REEF = "reef"


#: A word that ends in `*` stands for all that begin so. Scripts without spaces are found anywhere.
TIMES = {
    Time.DAWN: (
        "dawn sunrise morning daybreak morgen* morgengrauen sonnenaufgang amanecer alba mañana aube matin aurore "
        "рассвет* утр* восход* 黎明 日出 清晨 早晨 夜明け 朝 日の出 amanhecer manhã alvorada şafak* sabah* "
        "gündoğum* fajar pagi terbit subuh सुबह भोर सूर्योदय فجر صباح شروق 🌅 🌄"
    ),
    Time.DAY: (
        "day daytime daylight noon midday sunny sunshine tag mittag* sonnig* día mediodía soleado jour midi ensoleillé* "
        "день днём полдень солнечн* 白天 正午 晴天 晴れ 昼 dia ensolarad* gündüz* güneşli* öğle* siang cerah "
        "दिन दोपहर धूप نهار ظهر مشمس ☀"
    ),
    Time.SUNSET: (
        "sunset sundown dusk evening twilight golden sonnenuntergang* abend* abendrot dämmerung atardecer ocaso puesta "
        "anochecer coucher crépuscule couchant soir* закат* вечер* сумерк* 日落 黄昏 傍晚 夕阳 夕陽 夕暮れ 夕日 夕焼け "
        "pôr entardecer crepúsculo batım* akşam* günbatım* terbenam senja petang सूर्यास्त शाम साँझ غروب مساء الأصيل 🌇 🌆"
    ),
    Time.NIGHT: (
        "night nighttime midnight moon moonlit moonlight star stars starry nacht* nachts mond* sterne* noche luna "
        "estrella* estrellad* nuit lune étoile* ноч* лун* звёзд* звезд* 夜晚 夜里 深夜 星空 月亮 月光 夜 月 星 noite lua "
        "estrelas gece* ay yıldız* malam bulan bintang रात चाँद चांद तारे तारों ليل ليلة ليلا ليلاً قمر نجوم 🌙 🌃 🌌 🌠"
    ),
}
WEATHERS = {
    Weather.CLEAR: "clear cloudless klar* wolkenlos* despejado dégagé ясн* 晴朗 快晴 açık cerah صاف",
    Weather.RAIN: (
        "rain rainy raining drizzle regen* regnet regnerisch* lluvia* llueve lloviendo pluie* pleut pluvieu* дожд* 雨 "
        "chuva* chovendo chuvos* yağmur* hujan gerimis बारिश वर्षा مطر أمطار ممطر ممطرة 🌧 ☔"
    ),
    Weather.STORM: (
        "storm stormy thunder* lightning gewitter* sturm* blitz* tormenta* orage* tempête* гроз* шторм* буря молни* "
        "暴风雨 雷 闪电 嵐 tempestade* trovão fırtına* şimşek* badai petir तूफ़ान तूफान आँधी عاصفة برق رعد ⛈ 🌩 ⚡"
    ),
    Weather.SNOW: (
        "snow snowy snowing snowfall winter* blizzard schnee* schneit verschneit* nieve* nevad* nevando invierno neige* "
        "neiger enneigé* hiver снег* снеж* зим* 雪 冬 neve nevando inverno kar karlı karda kış* salju बर्फ बर्फ़ बर्फीली ثلج "
        "ثلوج ثلجية مثلج ❄ 🌨 ☃ ⛄"
    ),
    Weather.FOG: (
        "fog foggy mist misty haze hazy nebel* neblig* dunst* niebla* bruma brume* brouillard туман* 雾 霧 もや "
        "neblina nevoeiro névoa sis sisli siste sisler kabut berkabut कोहरा कोहरे धुंध ضباب ضبابي ضبابية 🌫"
    ),
}
PLACES = {
    Place.SEA: (
        "sea ocean waves wave lake river harbour harbor bay water sail* surf* meer* ozean* wellen welle fluss hafen wasser mar "
        "océano olas ola lago río agua mer océan vague* lac rivière eau море моря морем морю морск* океан* волн* озер* "
        "озёр* рек* реки вода воде 海 大海 海洋 波 湖 河 水面 oceano onda* rio água deniz* okyanus* dalga* göl* su suda laut "
        "samudra ombak danau sungai समुद्र सागर लहर* झील नदी पानी بحر محيط موج أمواج الأمواج بحيرة نهر ماء 🌊"
    ),
    Place.BEACH: (
        "beach shore island strand* küste insel playa isla costa plage île пляж* берег* остров* 海滩 沙滩 海边 砂浜 浜辺 praia "
        "ilha plaj* kumsal* sahil* pantai pulau समुद्रतट किनारे شاطئ جزيرة 🏖 🏝"
    ),
    Place.HILLS: (
        "hill hills meadow field fields countryside garden park village farm hügel* wiese* feld felder garten dorf "
        "colina* prado campo* jardín pueblo colline* prairie champ* jardin холм* луг* пол* сад саду деревн* 山丘 草原 田野 花园 丘 "
        "野原 庭 jardim prado vila tepe* çayır* bahçe* köy* bukit padang kebun taman desa पहाड़ी मैदान खेत बगीचा تل تلال مرج حقل "
        "حديقة قرية"
    ),
    Place.MOUNTAINS: (
        "mountain mountains alps peak peaks valley canyon berg berge bergen alpen gipfel tal montaña* sierra valle montagne* "
        "alpes vallée гор гора горы горах горам горн* вершин* долин* 群山 雪山 高山 山 montanha* serra dağ* vadi gunung "
        "lembah पहाड़ पहाड़ों पर्वत جبل جبال وادي ⛰ 🏔 🗻"
    ),
    Place.FOREST: (
        "forest woods jungle wald* dschungel bosque* selva forêt* bois лес леса лесу лесом лесн* джунгл* 森林 树林 林 森 floresta* "
        "mata orman* hutan rimba जंगल वन غابة غابات 🌲"
    ),
    Place.CITY: (
        "city cityscape town street skyline downtown neon skyscraper* metropolis cyberpunk tokyo manhattan stadt* straße* "
        "strasse* hochhaus* ciudad* calle* rascacielos ville rue gratte-ciel город* улиц* небоскрёб* неон* 城市 都市 街 霓虹 "
        "ネオン 町 cidade* rua şehir* şehr* sokak* neon* kota jalan शहर सड़क नगर مدينة مدن شارع نيون 🏙 🌆 🌃 🌉"
    ),
    Place.DESERT: (
        "desert dune dunes sahara oasis wüste* düne* desierto* duna* désert* пустын* дюн* 沙漠 砂漠 deserto çöl* gurun "
        "रेगिस्तान मरुस्थल صحراء كثبان 🏜"
    ),
    Place.SPACE: (
        "space planet planets galaxy nebula cosmos universe mars orbit weltall weltraum* galaxie planeten universum espacio "
        "galaxia planeta* espace planète* космос* галактик* планет* вселенн* 太空 宇宙 银河 星球 惑星 espaço galáxia uzay* "
        "gezegen* angkasa antariksa planet* अंतरिक्ष ग्रह ब्रह्मांड فضاء كوكب مجرة 🪐 👽"
    ),
    Place.REEF: (
        "underwater reef coral undersea aquarium unterwasser* korallen* submarino arrecife sous-marin récif подводн* "
        "коралл* риф* 海底 水下 珊瑚 水中 subaquático recife sualtı* mercan* karang पानी-के-नीचे مرجان"
    ),
}


class Manner(StrEnum):
    """What a word changes beside who is there, where and when."""

    #: On boards.
    SURFING = "surfing"
    #: Signs in all colours.
    NEON = "neon"
    #: Northern lights.
    AURORA = "aurora"
    #: Several of each.
    MANY = "many"


class Figure(StrEnum):
    """Who or what is seen there."""

    #: Sits, or stands on a surfboard.
    CAT = "cat"
    #: Sits with its tongue out.
    DOG = "dog"
    #: A fox, or whatever else is red and sly.
    FOX = "fox"
    #: A person, seen from behind.
    PERSON = "person"
    #: Folded of a sheet.
    PAPER_BOAT = "paper boat"
    #: With two sails.
    SAILBOAT = "sailboat"
    #: Its beam turns.
    LIGHTHOUSE = "lighthouse"
    #: A toy on a string.
    BALLOON = "balloon"
    #: With a basket and a flame.
    AIRSHIP = "hot-air balloon"
    #: A flock.
    BIRDS = "birds"
    #: Of felt-tip colours.
    FISH = "fish"
    #: Comes up for air.
    WHALE = "whale"
    #: With steam.
    TRAIN = "train"
    #: With its lamps on at night.
    CAR = "car"
    #: On a flame.
    ROCKET = "rocket"
    #: Crosses high up.
    PLANE = "plane"
    #: A broad crown.
    TREE = "tree"
    #: Stalks that nod.
    FLOWERS = "flowers"
    #: With a light in its window.
    HOUSE = "house"
    #: Paper lights that rise.
    LANTERNS = "lanterns"
    #: Two wings.
    BUTTERFLY = "butterfly"
    #: In a scarf.
    SNOWMAN = "snowman"


FIGURES = {
    Figure.CAT: (
        "cat cats kitten* kitty katze* kater kätzchen gato gata gatos gatito* chat chaton* chatte кот кота коту котом коты "
        "котик* кошк* котён* котен* 猫 ねこ ネコ kedi* kucing बिल्ली* قط قطة قطط هر هرة 🐈 🐱 😺 😸"
    ),
    Figure.DOG: (
        "dog dogs puppy puppies corgi hund hunde hündchen welpe* perro* perrit* cachorr* chien* chiot* собак* пёс пса щенок "
        "щенк* 狗 犬 いぬ köpek* anjing कुत्ता कुत्ते पिल्ला كلب كلاب جرو 🐕 🐶 🐩"
    ),
    Figure.FOX: "fox foxes fuchs füchse zorro* renard* лис лиса лису лисы лисиц* 狐 キツネ raposa* tilki* rubah लोमड़ी ثعلب 🦊",
    Figure.PERSON: (
        "man woman girl boy person people child hiker traveller traveler astronaut robot dancer mann frau mädchen junge "
        "mensch* kind wanderer hombre mujer niñ* chica chico homme femme fille garçon enfant человек* люди мужчин* женщин* "
        "девочк* девушк* мальчик* 人 女孩 男孩 少女 少年 homem mulher menin* adam* kadın* kız çocuk* orang pria wanita anak "
        "आदमी औरत लड़की लड़का बच्चा رجل امرأة فتاة ولد طفل 👧 👦 👩 👨 🧍 🧑"
    ),
    Figure.PAPER_BOAT: "paper papier* papel бумажн* 纸 紙 kağıt* kertas कागज़ कागज ورقي ورقية ورق",
    Figure.SAILBOAT: (
        "boat boats ship ships yacht sailboat* sailing boot boote schiff* segel* barco* barca* velero* bateau* voilier* navire "
        "лодк* корабл* кораблик* парусн* яхт* 船 小船 帆船 舟 ヨット navio* veleiro* tekne* gemi* yelken* perahu kapal नाव नावें "
        "जहाज़ قارب قوارب زورق سفينة سفن ⛵ 🚢 🛶"
    ),
    Figure.LIGHTHOUSE: "lighthouse* leuchtturm* faro phare маяк* 灯塔 燈塔 灯台 farol fener* mercusuar प्रकाशस्तंभ منارة فنار",
    Figure.BALLOON: (
        "balloon* luftballon* ballon* globo* ballon* шар* воздушн* 气球 氣球 風船 balão balões balon* बलून गुब्बारा गुब्बारे "
        "بالون بالونات 🎈"
    ),
    Figure.AIRSHIP: "hot-air airship zeppelin heißluft* heissluft* aerostát* montgolfièr* аэростат* 热气球 気球 منطاد",
    Figure.BIRDS: (
        "bird birds seagull* gull gulls eagle* swan* crane cranes vogel vögel möwe* adler pájaro* ave aves gaviota* oiseau* "
        "mouette* птиц* чайк* 鸟 鳥 海鸥 カモメ pássaro* gaivota* kuş* martı* burung पक्षी चिड़िया चिड़ियाँ طائر طيور عصفور نورس "
        "🐦 🕊 🦅 🦢"
    ),
    Figure.FISH: (
        "fish fishes goldfish fisch fische pez peces poisson* рыб* 鱼 魚 金鱼 peixe* balık* ikan मछली मछलियाँ سمكة سمك أسماك "
        "🐟 🐠 🐡"
    ),
    Figure.WHALE: "whale* dolphin* wal wale delfin* delfín* ballena* baleine* dauphin* кит киты дельфин* 鲸 鯨 海豚 クジラ baleia* golfinho* balina* yunus* paus व्हेल حوت دلفين 🐋 🐳 🐬",
    Figure.TRAIN: (
        "train trains locomotive railway zug züge eisenbahn* tren trenes поезд* паровоз* 火车 列车 列車 電車 汽車 trem trens tren* "
        "kereta ट्रेन रेलगाड़ी रेल قطار قطارات 🚂 🚆 🚄 🚃"
    ),
    Figure.CAR: (
        "car cars automobile taxi drive driving auto autos wagen coche* carro* voiture* машин* автомобил* 汽车 车 車 carro* araba* "
        "otomobil* mobil कार गाड़ी سيارة سيارات 🚗 🚙 🚕 🏎"
    ),
    Figure.ROCKET: "rocket* spaceship* spacecraft rakete* raumschiff* cohete* fusée* ракет* 火箭 ロケット 宇宙船 foguete* roket* रॉकेट صاروخ 🚀",
    Figure.PLANE: "plane planes airplane* aeroplane* jet flugzeug* avión aviones avion* самолёт* самолет* 飞机 飛行機 avião uçak* pesawat विमान طائرة ✈ 🛩",
    Figure.TREE: "tree trees oak baum bäume árbol* arbre* дерев* 树 木 árvore* ağaç* ağac* pohon पेड़ वृक्ष شجرة أشجار شجر 🌳",
    Figure.FLOWERS: (
        "flower flowers rose roses tulip* sunflower* blossom* poppy poppies blume* blüte* tulpe* flor flores fleur* tulipe* "
        "цвет цветок цветы цветов тюльпан* 花 flores çiçek* bunga फूल फूलों زهرة زهور ورد وردة 🌸 🌷 🌻 🌺 🌹 🌼 💐"
    ),
    Figure.HOUSE: "house houses village cottage cabin hut home castle haus häuser hütte schloss casa casas maison* дом дома домик* 房子 小屋 家 ev evi evler* rumah घर بيت منزل كوخ 🏠 🏡",
    Figure.LANTERNS: "lantern* laterne* lampion* linterna* farolillo* lanterne* фонар* 灯笼 天灯 ランタン 提灯 lanterna* fenerler* lampion* लालटेन فانوس فوانيس 🏮",
    Figure.BUTTERFLY: "butterfl* schmetterling* mariposa* papillon* бабочк* 蝴蝶 蝶 borboleta* kelebek* kupu-kupu तितली فراشة فراشات 🦋",
    Figure.SNOWMAN: "snowman snowmen schneemann* bonhomme снеговик* 雪人 雪だるま kardanadam* बर्फ-का-आदमी ☃ ⛄",
}
COLOURS: Mapping[Colour, str] = {
    (226, 62, 57): (
        "red rot rote roter rotes roten rojo roja rouge* красн* 红 赤 vermelh* kırmızı merah लाल أحمر حمراء"
    ),
    (52, 120, 226): ("blue blau* azul* bleu* син* голуб* 蓝 青 mavi biru नीला नीली नीले أزرق زرقاء"),
    (250, 200, 60): ("yellow gelb* amarill* jaune* жёлт* желт* 黄 amarel* sarı* kuning पीला पीली أصفر صفراء"),
    (70, 170, 90): ("green grün* verde* vert verte* зелён* зелен* 绿 緑 yeşil* hijau हरा हरी أخضر خضراء"),
    (245, 135, 45): (
        "orange oranje naranja* оранжев* 橙 laranja* turuncu* oranye jingga नारंगी برتقالي برتقالية"
    ),
    (150, 88, 205): ("purple violet lila violett* morad* púrpura фиолет* 紫 rox* mor ungu बैंगनी بنفسجي"),
    (244, 140, 180): ("pink rosa* rose розов* 粉 桃色 pembe* merah-muda गुलाबी وردي وردية"),
    (246, 244, 240): ("white weiß* weiss* blanc* бел* 白 branc* beyaz* putih सफ़ेद सफेद أبيض بيضاء"),
    (52, 54, 66): (
        "black schwarz* negro negra noir* чёрн* черн* 黑 黒 preto preta siyah* hitam काला काली أسود سوداء"
    ),
}
MANNERS = {
    Manner.SURFING: "surf* surfend* surfeando сёрф* серф* 冲浪 サーフィン surfando sörf* berselancar सर्फिंग الأمواج تركب 🏄",
    Manner.NEON: "neon* cyberpunk неон* 霓虹 ネオン नियॉन نيون",
    Manner.AURORA: "northern aurora* polarlicht* nordlicht* сияни* 极光 オーロラ kutup अरोरा شفق",
    Manner.MANY: "two three four five many several flock zwei drei viele dos tres muchos deux trois два две три 两只 三只 二匹",
}

_WORD = re.compile(r"[^\s.,;:!?…—–/()\[\]{}\"'“”„‘’«»。、，！？；：・،؛؟।]+")
_ARABIC_ARTICLE = re.compile("^(?:وال|بال|ال)(?=..)")
#: Scripts without spaces, and pictures, begin here.
_FIRST_UNSPACED = "\u2600"

Key = TypeVar("Key")


class Vocabulary(Generic[Key]):
    """A table of words, turned round: what a text names."""

    def __init__(self, table: Mapping[Key, str]) -> None:
        by_word = {word.casefold(): key for key, words in table.items() for word in words.split()}
        self._anywhere = {word: key for word, key in by_word.items() if word[0] >= _FIRST_UNSPACED}
        self._by_word = {word: key for word, key in by_word.items() if word not in self._anywhere}
        longest_first = sorted(self._anywhere, key=len, reverse=True)
        self._unspaced = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def named(self, text: str) -> list[tuple[Key, str]]:
        """Return what the text names and the word that names it, in order; each only once for a place."""
        text = text[:LONGEST_READ].casefold()
        hits = [(hit.start(), self._anywhere[hit[0]], hit[0]) for hit in self._unspaced.finditer(text)]
        for word in _WORD.finditer(text):
            key = self._key_of(word[0])
            hits += [] if key is None else [(word.start(), key, word[0])]
        return [(key, word) for _, key, word in sorted(hits, key=_place)]

    def keys(self, text: str) -> list[Key]:
        """As `named`, without the words."""
        return [key for key, _ in self.named(text)]

    def _key_of(self, word: str) -> Key | None:
        bare = _ARABIC_ARTICLE.sub("", word)
        stems = (word[:length] + "*" for length in range(len(word), 1, -1))
        return next((self._by_word[one] for one in (word, bare, *stems) if one in self._by_word), None)


def _place(hit: tuple[int, object, str]) -> int:
    return hit[0]
