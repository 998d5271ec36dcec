const clockTime = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/
const dateForms = [
  /^(?<y>\d{4})年(?<m>\d{1,2})月(?:(?<d>\d{1,2})日)?$/,
  /^(?<m>\d{1,2})月(?<d>\d{1,2})日$/,
  /^(?<y>\d{4})(?<s>[-/.])(?<m>\d{1,2})(?:\k<s>(?<d>\d{1,2}))?$/,
  /^(?<m>\d{1,2})[-/.](?<d>\d{1,2})$/,
]

/** `15:01`, `2019年10月1日 15:01:30`, or two of them joined by an ASCII `~`. */
export function isTime(value: string): boolean {
  return isPointOrRange(value, (point) => {
    const { date, time } = split(point)
    return time !== '' && isClockTime(time) && (date === '' || isCalendarDate(date))
  })
}

/** `2018-01-01`, `2018年10月`, `01/01`, each with a time after it if need be, or two of them joined by an ASCII `~`. */
export function isDate(value: string): boolean {
  return isPointOrRange(value, (point) => {
    const { date, time } = split(point)
    return isCalendarDate(date) && (time === '' || isClockTime(time))
  })
}

function isPointOrRange(value: string, isPoint: (point: string) => boolean): boolean {
  const points = value.split('~')
  return points.length <= 2 && points.every(isPoint)
}

/** A time starts after a blank, or right after 日 or 月. */
function split(point: string): { date: string; time: string } {
  const match = /^(?:(?<date>.*?[日月]|\S+)\s*)??(?<time>\d{1,2}:\d{2}(?::\d{2})?)?$/.exec(point)
  return { date: match?.groups?.date ?? '', time: match?.groups?.time ?? '' }
}

function isClockTime(text: string): boolean {
  const match = clockTime.exec(text)
  return match !== null && Number(match[1]) < 24 && Number(match[2]) < 60 && Number(match[3] ?? 0) < 60
}

function isCalendarDate(text: string): boolean {
  for (const form of dateForms) {
    const groups = form.exec(text)?.groups
    if (!groups) continue
    // Without a year, 29 February may be meant: any leap year will do.
    const year = Number(groups.y ?? 2000)
    const month = Number(groups.m)
    const day = Number(groups.d ?? 1)
    return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
  }
  return false
}
