/** Nothing to see, but enough to part the digits of a number. */
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|\u20e3|\ufe0f/gu
const chineseDigits: Record<string, string> = {
  ...{ 〇: '0', 零: '0', 一: '1', 幺: '1', 二: '2', 三: '3', 四: '4', 五: '5', 六: '6' },
  ...{ 七: '7', 八: '8', 九: '9' },
}
/** As people say a number digit by digit. Fewer together are a word such as 三五人. */
const spelled = /[〇零一幺二三四五六七八九](?:[ -]?[〇零一幺二三四五六七八九]){3,}/gu

/** The text with its digits as a machine reads them: １３８ and 一三八〇 as well. */
export function toPlainDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(invisible, '')
    .replaceAll(spelled, (digits) => [...digits].map((one) => chineseDigits[one] ?? one).join(''))
}
