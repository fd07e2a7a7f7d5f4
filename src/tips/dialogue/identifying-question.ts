/** What an answer would tell about who reported; and `staff`: who handles it stands in the words themselves. */
export type Identifying =
  | 'name'
  | 'phone'
  | 'id-number'
  | 'address'
  | 'picture'
  | 'kin'
  | 'meeting'
  | 'staff'

/**
 * Words by which a question would make reporters tell who they are. “你” and “您” must stand near: what the name of the
 * accused is may be asked. Rather a warning too many, which costs the supervisor one press.
 */
const patterns: readonly [Identifying, RegExp][] = [
  [
    'name',
    /(你|您)(的|是|叫|贵|真)?[^他她那谁知看见对]{0,4}(姓名|名字|姓什么|贵姓|叫什么|叫啥|真名|大名|身份)/u,
  ],
  ['name', /(你|您)(到底|究竟)?(是|系)(谁|哪位|哪个|什么人|哪里人|哪个村|干什么的)|贵姓|实名/u],
  ['name', /(?<![他她人])(怎么|如何)称呼(?![他她那这])|尊姓大名/u],
  [
    'name',
    /(你|您)(今年)?(多大|几岁|多少岁|什么年纪|贵庚|年龄|性别)|(你|您)是(男|女)|(你|您)是(不是)?(本村|本地|当地|村里)/u,
  ],
  ['name', /(请|麻烦).{0,4}(留|写|报|告诉|提供).{0,6}(姓名|名字|身份|真名)/u],
  [
    'phone',
    /(你|您|留|报|发|加|提供|告诉)[^他她那谁对]{0,8}(电话|手机|号码|联系方式|微信|QQ|扣扣)/iu,
  ],
  [
    'phone',
    /怎么(联系|找)(你|您)|(打|回).{0,3}电话给(我|我们|本组)|(加|扫).{0,3}(我|我们).{0,3}微信/u,
  ],
  [
    'phone',
    /(说|给)(一下|个|下)(电话|手机|号码|微信)|(?<![他她人])(可以|能|能不能|方便)(打|接|通)个?(电话|语音)/u,
  ],
  ['id-number', /身份证|证件号|户口本|户号|社保卡|银行卡号/u],
  [
    'address',
    /(你|您)(家|们家)?.{0,4}(住(在)?(哪|那|什么地方|几)|地址|住址|门牌|哪一组|几组|哪个小组|哪户)/u,
  ],
  ['address', /(家庭|详细|现在?)(的)?(住址|地址)|(你|您)(是)?(哪个|哪一个|什么)(村|组|队|户)/u],
  [
    'address',
    /(你|您)们?家(里)?(在(哪|什么地方|几)|(有)?几(口|个)人)|(发|共享|分享)(一?个|一下)?(定位|位置)/u,
  ],
  [
    'picture',
    /自拍|(你|您)(本人)?(的)?(照片|相片|正面照)|露(个)?脸|(开|发)(个)?视频(通话|聊)?.{0,3}(确认|核实|看)/u,
  ],
  [
    'kin',
    /(你|您)(和|跟|与).{0,12}(什么关系|啥关系|是亲戚|是邻居|认识)|(你|您)(的)?(丈夫|妻子|老公|老婆|爱人|父亲|母亲|儿子|女儿|工作单位|单位)/u,
  ],
  [
    'meeting',
    /(见(个|一)?面|当面(谈|说|讲|聊)|来(一趟|趟)|到(镇|乡|县|村|办公室|我们)(里|这里|这儿|来)?(一趟|谈|说|来)|上门)/u,
  ],
  [
    'kin',
    /(你|您)是[^？?。，,]{1,6}什么人|(你|您)(是)?(在哪(里|儿)?(上班|工作|做事)|(做|干)什么(工作|的))/u,
  ],
  [
    'meeting',
    /(我|我们|组里|可以|能|方便)(去|到|来|上)(你|您)们?家|在.{1,10}等(你|您)(?![回答消的])|(你|您)[^他她谁人]{0,6}((作|做)证|当证人|出庭)/u,
  ],
  [
    'name',
    /\b(your|ur)\s+(full\s+|real\s+|first\s+|last\s+)?(name|identity)\b|\bwho\s+(are|r)\s+(you|u)\b|\bidentify yourself\b/iu,
  ],
  [
    'phone',
    /\b(your|ur)\s+(mobile|phone|telephone|cell|contact|number|email|e-mail|wechat|whatsapp)\b|\bhow (can|do) (i|we) (reach|contact|call) you\b|\bcall (me|us)\b/iu,
  ],
  ['id-number', /\b(your )?(id|identity|passport)\s*(card|number|no\b)/iu],
  [
    'address',
    /\b(your (home )?(address|house|village|street)|where (do|are) you (live|living|from|stay))/iu,
  ],
  ['picture', /\b(selfie|(photo|picture|video) of (you|yourself)|your (photo|picture|face))\b/iu],
  [
    'kin',
    /\b(your (relation|relationship|husband|wife|father|mother|son|daughter|employer|job))\b|\bhow do you know\b/iu,
  ],
  ['meeting', /\b(meet (me|us|you)|in person|come (to|by) (the|our) (office|station|hall))\b/iu],
]

/**
 * Pure. What this question asks about the reporter, each once, in a fixed order; empty when it may go out as it is.
 * `staff`: names of those who handle it.
 */
export function findIdentifying(question: string, staff: readonly string[] = []): Identifying[] {
  const dense = densify(question)
  const found = patterns.flatMap(([what, re]) => (re.test(dense) ? [what] : []))
  found.push(...findBare(dense))
  return [...new Set([...found, ...(namesStaff(question, staff) ? (['staff'] as const) : [])])]
}

/**
 * A sentence that leaves “你” out still asks its reader, unless it speaks of somebody else: the pronoun is dropped
 * more often than not when people write to each other.
 */
const barePatterns: readonly [Identifying, RegExp][] = [
  ['name', /^(叫什么|叫啥|姓什么|名字|姓名|什么名字)/u],
  ['phone', /^(电话|手机|号码|微信|联系方式)/u],
  ['address', /^(家)?住(在)?(哪|几|什么地方)|^家在?(哪|什么地方|几)|^(几|哪个?)组的?$/u],
  ['kin', /^(做|干)什么(工作|的)$|^在哪(里|儿)?(上班|工作)/u],
  ['meeting', /^(愿意|愿不愿意|能|能不能|可以|敢)(出来|出面)?(作|做)证/u],
]

function findBare(dense: string): Identifying[] {
  const sentences = dense
    .split(/[。？！?!\n；;]+/u)
    .filter((sentence) => !/[他她谁人]/u.test(sentence))
  const clauses = sentences
    .flatMap((sentence) => sentence.split(/[，,、]/u))
    .map((clause) => clause.trim().replace(/^(那|还有|另外)?(请问|麻烦问一下|问一下)?/u, ''))
  return barePatterns.flatMap(([what, re]) => (clauses.some((it) => re.test(it)) ? [what] : []))
}

/** Pure. Whether one of these names stands in the text. A single character is no name. */
export function namesStaff(text: string, staff: readonly string[]): boolean {
  const dense = densify(text)
  return staff.map(densify).some((name) => [...name].length > 1 && dense.includes(name))
}

function densify(words: string): string {
  const text = words.normalize('NFKC').replace(/[ \t\u3000]+/gu, ' ')
  // Chinese is read without the spaces that people put in to get around such a list.
  return text.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '').trim()
}

/** Pure. Whether a text for the reporter holds a phone or identity number, which has no business in it. */
export function holdsPersonalNumber(text: string): boolean {
  const plain = text.normalize('NFKC').replace(/(?<=\d)[ \p{Pd}](?=\d)/gu, '')
  return /(?<!\d)(1[3-9]\d{9}|0\d{2,3}\d{7,8}|\d{17}[\dxX]|\d{15})(?!\d)/u.test(plain)
}
