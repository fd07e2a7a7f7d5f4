/** What a villager does when asked: presses a button, or says something. */
export type TipStep = { when: string; press?: string; say?: (id: number) => string }

/** All questions of a report with few words, up to the review. */
export const tipSteps: readonly TipStep[] = [
  { when: '我们保密', press: '我明白了' },
  { when: '出了什么事', press: '送钱' },
  { when: '事情出在哪个村', say: () => '龙洲街道 半爿月' },
  { when: '是谁做的', say: (id) => `张${id}` },
  { when: '这个人是做什么的', press: '想当选的人' },
  { when: '是什么时候的事', press: '昨天' },
  { when: '最要紧的，您都说了', press: '我来说说经过' },
  { when: '请把事情说一说', say: (id) => `只有这一条的话 ${id} 号` },
  { when: '记下了，一共', press: '写完了' },
  { when: '有照片、录像、录音吗', press: '跳过' },
]
/** The last: it files the tip. */
export const submitStep: TipStep = { when: '写得对不对', press: '交上去' }
