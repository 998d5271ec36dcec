import { describe, expect, it } from 'vitest'
import { keywordValueIsValid } from './keyword-rules'

const n = (text: string, times: number) => text.repeat(times)

/** Per keyword: what passes, what does not. */
const cases: Record<string, [good: string[], bad: string[]]> = {
  thing1: [
    ['会议 A-1, 第2次!', n('字', 20), '😀'],
    [n('字', 21), '两\n行', 'tab\t', '\u2028'],
  ],
  number01: [
    ['0', '12.50', n('9', 32)],
    ['-1', '1,000', '十', '1.', n('9', 33), '1 2'],
  ],
  letter2: [
    ['abcXYZ', n('a', 32)],
    ['a1', 'a b', '字', n('a', 33)],
  ],
  symbol3: [
    ['!?#@~', '￥'],
    ['!!!!!!', 'a!', '1'],
  ],
  character_string13: [
    ['14:00~15:30', 'A-1 (2)', n('x', 32)],
    ['下午2点', 'é', n('x', 33)],
  ],
  time4: [
    ['15:01', '9:05:59', '2019年10月1日 15:01', '2019年10月1日15:01', '2026-11-22 08:00', '15:00~16:00'],
    [
      '2026-01-18 16:18:49.0',
      '25:00',
      '12:60',
      '2026年11月22日',
      '15:00～16:00',
      '15:00~16:00~17:00',
      '15:00~',
      '下午3点',
    ],
  ],
  date5: [
    ['2018-01-01', '2018/01/01', '2018.01.01', '2018年1月1日', '2018年1月', '1月31日', '2018-01', '01-01', '02-29'],
    ['2018-02-29', '2018-13-01', '2018-01/01', '20180101', '15:00', '2026年8月14日～9月1日'],
  ],
  amount6: [
    ['￥100', '¥100.5元', '$0.99', '¥1234567890'],
    ['100', '¥', '¥12345678901', '￥￥1', '一百元'],
  ],
  phone_number7: [
    ['+86-0766-66888866', '13800000000'],
    ['+86-0766-668888661', '电话1', '+-'],
  ],
  car_number8: [
    ['粤A8Z888挂', '京A12345'],
    ['粤A8Z8888挂挂', '粤A粤888挂', '粤-12345'],
  ],
  name9: [
    ['韩梅梅', n('字', 10), 'Jean-Luc Picard', n('a', 20)],
    [n('字', 11), `字${n('a', 10)}`, n('a', 21), '李3'],
  ],
  phrase10: [
    ['配送中', n('字', 5)],
    [n('字', 6), 'ok', '好!'],
  ],
  date6: [
    ['2026年11月22日 14:00', '2026-11-22~2026-11-23'],
    ['2026-11-22 24:00', '2026-11-22~'],
  ],
  unheard_of1: [['anything', n('字', 60)], ['control\u0007']],
}

describe.each(Object.entries(cases))('%s', (keyword, [good, bad]) => {
  it.each(good)('takes %j', (value) => expect(keywordValueIsValid(keyword, value)).toBe(true))
  it.each(bad)('refuses %j', (value) => expect(keywordValueIsValid(keyword, value)).toBe(false))
})

it('takes only the listed values of an enum', () => {
  expect(keywordValueIsValid('enum_string2', '已通过', ['已通过', '未通过'])).toBe(true)
  expect(keywordValueIsValid('enum_string2', '待定', ['已通过', '未通过'])).toBe(false)
})
