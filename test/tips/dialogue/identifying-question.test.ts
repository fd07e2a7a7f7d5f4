import { describe, expect, it } from 'vitest'
import {
  findIdentifying,
  holdsPersonalNumber,
} from '../../../src/tips/dialogue/identifying-question.ts'

describe('a question that would make the reporter tell who they are', () => {
  it.each([
    ['请问您叫什么名字？', 'name'],
    ['你是谁', 'name'],
    ['你 是 谁', 'name'],
    ['您贵姓', 'name'],
    ['请留下您的真实姓名', 'name'],
    ['麻烦提供一下身份', 'name'],
    ['能不能实名举报', 'name'],
    ['怎么称呼您？', 'name'],
    ['请问尊姓大名', 'name'],
    ['叫什么名字？', 'name'],
    ['您多大年纪', 'name'],
    ['您是男的还是女的', 'name'],
    ['你是本村人吗', 'name'],
    ['留个电话吧', 'phone'],
    ['您的手机号是多少', 'phone'],
    ['请加我们微信说', 'phone'],
    ['怎么联系您', 'phone'],
    ['电话多少？', 'phone'],
    ['方便的话说一下电话', 'phone'],
    ['可以打电话吗', 'phone'],
    ['把身份证拍一下', 'id-number'],
    ['您家住哪里', 'address'],
    ['你住几组', 'address'],
    ['您是哪个村的', 'address'],
    ['您家在哪里', 'address'],
    ['几点钟的事？住在哪里？', 'address'],
    ['请问住哪个组', 'address'],
    ['您家几口人', 'address'],
    ['请发个定位', 'address'],
    ['发一张自拍', 'picture'],
    ['请发您本人的照片', 'picture'],
    ['您和他是什么关系', 'kin'],
    ['您的工作单位', 'kin'],
    ['您是他什么人', 'kin'],
    ['你在哪上班', 'kin'],
    ['您做什么工作', 'kin'],
    ['方便见个面吗', 'meeting'],
    ['请到镇里来一趟', 'meeting'],
    ['我们去您家看看', 'meeting'],
    ['明天两点在村委会等您', 'meeting'],
    ['您愿意出来作证吗', 'meeting'],
    ['What is your name?', 'name'],
    ['Who are you?', 'name'],
    ['please send your phone number', 'phone'],
    ['How can we reach you', 'phone'],
    ['ID card please', 'id-number'],
    ['Where do you live?', 'address'],
    ['send a selfie', 'picture'],
    ['What is your relation to him', 'kin'],
    ['Could we meet in person?', 'meeting'],
  ])('is found: %s', (question, what) => {
    expect(findIdentifying(question)).toContain(what)
  })

  it.each([
    '他叫什么名字？',
    '您知道他叫什么名字吗？',
    '钱是谁送的，送了几户？',
    '那个人住在哪里？',
    '东西还在吗？能拍一张照片吗？',
    '大概是几点钟的事？',
    '您看见他的电话号码了吗？',
    '有没有别的人看见？',
    '送钱的人叫什么名字，住在哪里，电话多少？',
    '村里人怎么称呼他？',
    '他几点到您家的？给您家送了几条烟？',
    '有没有人能作证？',
    '什么时候？在哪里？',
    '他给电话号码了吗？',
    '您等了多久？我们等您回答。',
    '他打电话是怎么说的？',
    '您是什么时候看见的？是在哪里看见的？',
    '他做什么工作，在哪里上班？',
    'How much did he give?',
    'What is the name of the man?',
    'Do you still have the gift?',
  ])('is not suspected without need: %s', (question) => {
    expect(findIdentifying(question)).toEqual([])
  })

  it('is told once for each thing it asks', () => {
    expect(findIdentifying('您叫什么名字？您是谁？留个电话')).toEqual(['name', 'phone'])
  })
})

describe('a name of who handles it', () => {
  it.each(['我是乙一，请放心', '找 乙 一 就行', '乙一说的'])('is found: %s', (text) => {
    expect(findIdentifying(text, ['甲一', '乙一'])).toEqual(['staff'])
  })

  it('is none when it is nobody of the group, or a single character', () => {
    expect(findIdentifying('丙三送的吗？', ['甲一', '丙'])).toEqual([])
  })
})

describe('a number in a text for the reporter', () => {
  it.each([
    '请打 13812345678',
    '138-1234-5678',
    '１３８１２３４５６７８',
    '0570-8012345',
    '身份证 33082519700101123X',
  ])('is found: %s', (text) => {
    expect(holdsPersonalNumber(text)).toBe(true)
  })

  it.each(['共 200 元', '编号 QF-000123', '请打 12380 或 110', '2026-11-23 办结'])(
    'may stand when nobody is called by it: %s',
    (text) => {
      expect(holdsPersonalNumber(text)).toBe(false)
    },
  )
})
