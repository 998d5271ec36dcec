import { col, fn, literal, Op, where } from 'sequelize'
import { UserModel } from './user.models'

/** More people than this are not named one by one in a statement. */
const mostNamed = 500

/**
 * What a column with users' ids must be so that the name or username has this in it, in the form of `keyOf`.
 * A few ids are found by that column's index; of many it is asked of each row, which then soon fits.
 */
export async function idsOfPeopleLike(text: string): Promise<{ [Op.in]: string[] | ReturnType<typeof literal> }> {
  // Not LIKE: what people look for may have its wildcards in it.
  const found = where(fn('INSTR', col('search_key'), text), Op.gt, 0)
  const people = await UserModel.findAll({ where: found, attributes: ['id'], limit: mostNamed + 1 })
  if (people.length <= mostNamed) return { [Op.in]: people.map(({ id }) => id) }
  const escaped = UserModel.sequelize?.escape(text)
  return { [Op.in]: literal(`(SELECT id FROM users WHERE INSTR(search_key, ${escaped}) > 0)`) }
}
