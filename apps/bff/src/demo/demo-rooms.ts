import type { Equipment } from '../reference/dictionaries'

interface DemoRoom {
  name: string
  building: string
  floor: string
  capacity: number
  equipment: Equipment[]
  closed?: true
}

export const demoRooms: readonly DemoRoom[] = [
  { name: '望岳', building: 'A 座', floor: '3 层', capacity: 6, equipment: ['screen', 'whiteboard', 'accessible'] },
  { name: '听松', building: 'A 座', floor: '3 层', capacity: 8, equipment: ['screen', 'video', 'whiteboard'] },
  {
    name: '观澜',
    building: 'A 座',
    floor: '3 层',
    capacity: 12,
    equipment: ['screen', 'video', 'phone', 'accessible'],
  },
  { name: '揽月', building: 'A 座', floor: '5 层', capacity: 4, equipment: ['screen'] },
  { name: '摘星', building: 'A 座', floor: '5 层', capacity: 4, equipment: ['whiteboard'] },
  { name: '临风', building: 'A 座', floor: '5 层', capacity: 10, equipment: ['projector', 'video', 'whiteboard'] },
  {
    name: '行云',
    building: 'B 座',
    floor: '2 层',
    capacity: 20,
    equipment: ['projector', 'video', 'phone', 'accessible'],
  },
  { name: '流水', building: 'B 座', floor: '2 层', capacity: 6, equipment: ['screen', 'whiteboard'] },
  { name: '竹里', building: 'B 座', floor: '4 层', capacity: 6, equipment: ['screen', 'phone'] },
  { name: '桃源', building: 'B 座', floor: '4 层', capacity: 8, equipment: ['screen', 'video'] },
  {
    name: '报告厅',
    building: 'B 座',
    floor: '1 层',
    capacity: 120,
    equipment: ['projector', 'video', 'phone', 'accessible'],
  },
  { name: '旧档案室', building: 'B 座', floor: '1 层', capacity: 10, equipment: ['whiteboard'], closed: true },
]
