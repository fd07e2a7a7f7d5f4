/**
 * Words of the day's phrase: plain things that everybody knows, read aloud by loudspeaker or over the telephone. Their
 * first syllables differ even for who says zh as z, n as l, or -ng as -n. Changing the list changes every coming phrase.
 */
export const phraseWords: readonly string[] = [
  ...['白鹅', '包子', '鞭炮', '布鞋', '菜园', '草帽', '窗户', '春天'],
  ...['大树', '稻田', '灯笼', '电话', '冬瓜', '豆腐', '飞机', '风车'],
  ...['斧头', '高山', '公鸡', '海带', '荷花', '红枣', '花生', '黄瓜'],
  ...['火车', '鸡蛋', '剪刀', '金鱼', '橘子', '开水', '口袋', '筷子'],
  ...['辣椒', '老师', '龙舟', '萝卜', '麦田', '毛笔', '梅花', '米饭'],
  ...['棉袄', '木桥', '螃蟹', '苹果', '葡萄', '汽车', '青蛙', '泉水'],
  ...['山坡', '石头', '水井', '松树', '太阳', '糖果', '桃子', '铁锅'],
  ...['兔子', '屋顶', '西瓜', '小船', '雪花', '油菜', '月亮', '竹篮'],
]
