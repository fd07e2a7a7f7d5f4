const compound = '欧阳|司马|诸葛|上官|司徒|夏侯|皇甫|尉迟|慕容|令狐|宇文|公孙|端木'
/** Surnames of most people here, those of the She among them, that begin few other words. */
const plain =
  '王李张刘陈杨黄赵吴周徐孙朱胡郭林罗郑梁谢宋唐韩冯邓曹彭曾肖田董潘袁蔡蒋余杜叶魏苏吕丁卢姚沈姜崔谭陆范汪廖贾付邹熊孟秦邱侯尹薛闫雷黎贺郝龚邵覃戴莫孔汤柴祝郎占詹琚傅蓝盘章俞翁倪骆楼褚裘虞缪柯童鲍阮殷季麻洪'
/** 高度, 任何, 应当: surnames only where a title stands before them. */
const everyday = '何高于任方白金万程许史马江石钟夏段龙陶毛顾武钱严毕劳施应项华盛卓舒游凌甘'
/** What masked names have, and what places and offices end in. */
const inside = '[^某〇村镇乡县\\P{Script=Han}]'
const last = '[^某〇村镇乡县市区社委会\\P{Script=Han}]'
const given = `(?:${last}|${inside}${last})`
const anyName = `(?:${compound}|[${plain}${everyday}])${given}`
const plainName = `(?:${compound}|[${plain}])${given}`
/** 买买提·艾合买提 */
const dotted = '\\p{Script=Han}{1,7}[·•・‧]\\p{Script=Han}{1,8}?'

/** Whoever stands after one of these is a person. */
const titles = [
  '村民|党员|书记|主任|村长|支书|委员|文书|会计|出纳|代表|干部|组长|社员|户主|业主|候选人|自荐人|参选人|竞选人|当选人|人选',
  '男子|女子|妻子|丈夫|儿子|女儿|哥哥|弟弟|姐姐|妹妹|兄弟|亲戚|亲友|邻居|朋友|老板|[其胞堂表][父母妻夫兄弟姐妹子女嫂叔舅]|岳父|女婿|侄子|外甥|姐夫|妹夫|小舅子',
  '老人|选民|群众|网民|网友|居民|医生|教师|司机|人员|当事人|嫌疑人|[行送受举被委][为礼贿托报害][人者]',
  '名叫|叫做|姓名|本名|真名|指使|委托|授意|伙同|通过|联系',
].join('|')
/** What goes on after a name. */
const after =
  '[,。、;:!?()“”《\\s\\d]|[等和与及向为给因被在以用将把的于是请送发又曾从到收拿接打找说买当对叫让同跟未正已还也均其先多不私撕抢砸骂伪冒拉参竞贿纠聚阻花承告分]|[一二两三四五六七八九十]人|$'
const verbs =
  '通过|伙同|指使|授意|利用|承认|交代|宴请|等人|寻衅|涉嫌|参选|竞选|当选|[向在给因被以用将把送发请收叫让为打]'
const clause = '(?:^|[,。、;:!?“(\\s]|[村镇乡县]|街道|社区)'

const toPattern = (pattern: string) => new RegExp(pattern, 'gmu')
/** Beside what says that it is a person. */
const told = [
  `(?:${titles}):?(${anyName})(?=${after})`,
  `(?:${titles}):?(${dotted})(?=${after})`,
  // 徐大山（男，45岁）; 周立波书记
  `(${plainName})(?=[(,]\\s*[男女](?![儿孩子人方性婿友同])|同志|先生|女士|书记|主任|村长|支书|会计|老板)`,
].map(toPattern)
/** At the beginning of a clause, or after the name of a place: 岩头村陈建国通过哥哥送钱, 张三等人. */
const acting = [
  `${clause}((?:${compound}|[${plain}${everyday}])${inside}${last})(?=${verbs})`,
  `${clause}(${plainName})(?=通过|伙同|指使|授意|利用|承认|交代|宴请|寻衅|涉嫌|参选|竞选|当选)`,
  `${clause}(${plainName})(?=等人|等?(?:\\d+|[两二三四五六七八九十])(?:余|多)?人)`,
  `${clause}(?!${titles})(${dotted})(?=${verbs})`,
].map(toPattern)
const pseudonym = new RegExp(`(${anyName})\\(\\s*(?:化名|假名)`, 'gu')

const pinyin =
  'Wang|Li|Zhang|Liu|Chen|Yang|Huang|Zhao|Wu|Zhou|Xu|Sun|Ma|Zhu|Hu|Guo|He|Lin|Gao|Luo|Zheng|Liang|Xie|Song|Tang|Han|Feng|Deng|Cao|Peng|Zeng|Xiao|Tian|Dong|Pan|Yuan|Cai|Jiang|Yu|Du|Ye|Cheng|Wei|Su|Lu|Ding|Ren|Yao|Shen|Zhong|Fang|Dai|Shao|Qian|Lan|Lou|Shi|Jin|Mao|Ni|Weng|Ouyang|Zhuge'
const english = new RegExp(
  `\\b((?:${pinyin}) (?!Mou|Village|Town|County|City|District|Street|Community)[A-Z][a-z]+)\\b`,
  'gu',
)

/** Words that only look like a name. */
const notNames =
  /^(?:.家.?|.[副总]|.(?:书记|主任|村长|支书|委员|会计|老板|老师|医生|[大老]?[爷伯叔妈婶娘])|何[人时地种处物日事]|任[何期职命免用务]|于[是次当昨今本前后]|方[便可要应需须能式面案]|余[人名户款额元下]|曾[经向多因在是任]|付[钱款给出费清]|许[诺多可]|高[度价兴]|[金钱][额物款财钱]|万[元一分余人]|应[当该带对由先按主给立]|施[压工加行]|严[肃重格禁]|程[序度]|马上|凌晨|郑重|贺[礼喜信]|顾虑|麻[将烦]|项目|章程|季度|毛[巾毯衣]|[黄白]酒|[白夏]天|石头|江边|方面|史上)/u

/** Set apart for looks: 陈 建 国. */
const gap = /(?<=\p{Script=Han}) +(?=\p{Script=Han})/gu

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/**
 * Full names that are not masked (张某某, Chen Mou). `certain` ones are names and nothing else; `likely` ones stand beside a title, but are
 * words too. No list of names is complete, so a person still has to look.
 */
export function findNames(text: string): { certain: string[]; likely: string[] } {
  const plainText = text.normalize('NFKC').replaceAll(gap, '')
  const invented = new Set(listNames(plainText, [pseudonym]))
  const isName = (name: string) => !notNames.test(name) && !invented.has(name)
  const beside = listNames(plainText, told).filter(isName)
  const names = [...beside, ...listNames(plainText, acting).filter(isName)]
  const certain = [...names.filter((name) => !isWord(name)), ...listNames(text, [english])]
  return { certain: [...new Set(certain)], likely: [...new Set(beside.filter(isWord))] }
}

const listNames = (text: string, patterns: readonly RegExp[]) =>
  patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = '']) => name))

/** 陈列品 begins with a word, 陈建国 with a surname that stands alone. 张三 is in every dictionary. */
function isWord(name: string): boolean {
  if (/^(?:张三|李四|王五|赵六)$|[·•・‧]/u.test(name)) return false
  const [first] = segmenter.segment(name)
  return !new RegExp(`^(?:${compound}|.)$`, 'u').test(first?.segment ?? '')
}
