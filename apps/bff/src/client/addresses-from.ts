import { Op, type WhereOptions } from 'sequelize'

/** Addresses that start so, as a range: an index knows it. No address has a letter behind `~`. */
export function addressesFrom(start: string): WhereOptions {
  return { address: { [Op.gte]: start, [Op.lt]: `${start}~` } }
}
