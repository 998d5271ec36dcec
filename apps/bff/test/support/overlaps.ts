import { QueryTypes, type Sequelize } from 'sequelize'

/** How many pairs of confirmed bookings share a moment of a room: the number that must be zero. */
export async function countOverlaps(sequelize: Sequelize): Promise<number> {
  const [row] = await sequelize.query<{ pairs: number }>(
    `SELECT COUNT(*) AS pairs FROM bookings a JOIN bookings b
       ON a.room_id = b.room_id AND a.id < b.id AND a.start_minute < b.end_minute AND b.start_minute < a.end_minute
     WHERE a.status = 'confirmed' AND b.status = 'confirmed'`,
    { type: QueryTypes.SELECT },
  )
  return Number(row?.pairs)
}
