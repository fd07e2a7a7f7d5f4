const digits = '零一二三四五六七八九'
const units: Record<string, number> = { 十: 10, 百: 100, 千: 1_000 }

/** 十五 → 15, 二百 → 200, 两千 → 2000, 一万五千 → 15000; null for what is no such number. */
export function readChineseNumber(text: string): number | null {
  if (!/^[零一二两三四五六七八九十百千万]+$/u.test(text)) return null
  const [front = '', back = ''] = text.includes('万') ? text.split('万', 2) : ['', text]
  return (front === '' && text.startsWith('万') ? 1 : readPart(front)) * 10_000 + readPart(back)
}

function readPart(text: string): number {
  let sum = 0
  let digit = 0
  for (const character of text.replaceAll('两', '二')) {
    const unit = units[character]
    if (unit === undefined) digit = digits.indexOf(character)
    else {
      // 十五 has no 一 in front.
      sum += (digit || 1) * unit
      digit = 0
    }
  }
  return sum + digit
}
