interface DemoBooking {
  room: string
  title: string
  organizer: string
  attendees: string[]
  /** Days from today. */
  day: number
  /** Wall clock of the organisation. */
  from: string
  to: string
}

/** A week that looks like a week. */
export const demoBookings: readonly DemoBooking[] = [
  {
    room: '望岳',
    title: '产品周会',
    organizer: 'wangfang',
    attendees: ['zhangwei', 'liuyang', 'lilei'],
    day: 0,
    from: '09:30',
    to: '10:30',
  },
  {
    room: '听松',
    title: '需求评审',
    organizer: 'lilei',
    attendees: ['zhoujie', 'wuqiang', 'xuli'],
    day: 0,
    from: '14:00',
    to: '15:30',
  },
  { room: '观澜', title: '客户视频会', organizer: 'linna', attendees: ['luohao'], day: 0, from: '10:00', to: '11:30' },
  {
    room: '观澜',
    title: '架构讨论',
    organizer: 'sunpeng',
    attendees: ['guofeng', 'gaoyuan'],
    day: 0,
    from: '15:00',
    to: '16:00',
  },
  { room: '揽月', title: '面试', organizer: 'chenjing', attendees: ['yangmin'], day: 0, from: '11:00', to: '12:00' },
  {
    room: '临风',
    title: '市场活动策划',
    organizer: 'zhengshuang',
    attendees: ['liangyu', 'songjia'],
    day: 0,
    from: '13:30',
    to: '15:00',
  },
  { room: '行云', title: '全员培训', organizer: 'xiaolan', attendees: ['dongjun'], day: 0, from: '16:00', to: '17:30' },
  {
    room: '桃源',
    title: '预算会议',
    organizer: 'shenyan',
    attendees: ['hanbing', 'jinxin'],
    day: 0,
    from: '09:00',
    to: '10:00',
  },
  {
    room: '望岳',
    title: '迭代计划',
    organizer: 'zhoujie',
    attendees: ['wuqiang', 'zhujian'],
    day: 1,
    from: '10:00',
    to: '11:00',
  },
  {
    room: '听松',
    title: '设计走查',
    organizer: 'liuyang',
    attendees: ['lilei', 'huangting'],
    day: 1,
    from: '15:00',
    to: '16:00',
  },
  {
    room: '报告厅',
    title: '季度总结',
    organizer: 'manager',
    attendees: ['admin', 'wangfang', 'linna'],
    day: 1,
    from: '14:00',
    to: '16:00',
  },
  { room: '流水', title: '一对一沟通', organizer: 'guofeng', attendees: ['hexin'], day: 1, from: '17:00', to: '17:30' },
  {
    room: '竹里',
    title: '供应商洽谈',
    organizer: 'caimin',
    attendees: ['yuanyuan'],
    day: 2,
    from: '10:30',
    to: '11:30',
  },
  {
    room: '行云',
    title: '新员工入职',
    organizer: 'xiaolan',
    attendees: ['dengchao', 'fengxue'],
    day: 2,
    from: '09:00',
    to: '11:00',
  },
  { room: '揽月', title: '品牌复盘', organizer: 'songjia', attendees: ['tangwei'], day: 3, from: '16:00', to: '17:00' },
]
