import { describe, expect, it } from 'vitest'
import { aDepartment } from '../people-fixtures'
import { findNode, idsBelow, orderFor, placeOfDrop, treeOf } from './department-tree'

const list = [
  aDepartment('a', null, 10, 1),
  aDepartment('b', null, 20, 2),
  aDepartment('a1', 'a', 10, 4),
  aDepartment('a2', 'a', 20, 8),
  aDepartment('a1x', 'a1', 10, 16),
]
const one = (id: string) => {
  const found = list.find((department) => department.id === id)
  if (!found) throw new Error(id)
  return found
}

describe('the tree of departments', () => {
  it('counts the people below each', () => {
    const tree = treeOf(list)
    expect(tree.map(({ id, people }) => [id, people])).toEqual([
      ['a', 29],
      ['b', 2],
    ])
    expect(findNode(tree, 'a1')?.people).toBe(20)
  })

  it('knows where a department cannot go: into itself and what is below', () => {
    const node = findNode(treeOf(list), 'a')
    expect(node && [...idsBelow(node)].sort()).toEqual(['a', 'a1', 'a1x', 'a2'])
  })

  it('shows those whose parent one may not see at the top', () => {
    expect(treeOf([aDepartment('x', 'hidden')]).map(({ id }) => id)).toEqual(['x'])
  })
})

describe('a dropped department', () => {
  it('stands before or after what it was dropped beside', () => {
    expect(placeOfDrop(list, one('b'), one('a'), 'before')).toEqual({ parentId: null, index: 0 })
    expect(placeOfDrop(list, one('a1'), one('a2'), 'after')).toEqual({ parentId: 'a', index: 1 })
    expect(placeOfDrop(list, one('b'), one('a1'), 'after')).toEqual({ parentId: 'a', index: 1 })
  })

  it('stands last in what it was dropped into', () => {
    expect(placeOfDrop(list, one('b'), one('a'), 'inner')).toEqual({ parentId: 'a', index: 2 })
  })
})

describe('order among siblings', () => {
  const siblings = [
    { id: 's1', sort: 10 },
    { id: 's2', sort: 20 },
    { id: 's3', sort: 30 },
  ]
  const sortedIds = (index: number, from = siblings) => {
    const moved = { id: 'm', sort: 0 }
    const changes = orderFor(from, moved, index)
    return [...from, moved]
      .map(({ id, sort }) => ({ id, sort: changes.get(id) ?? sort }))
      .sort((a, b) => a.sort - b.sort)
      .map(({ id }) => id)
  }

  it.each([0, 1, 2, 3])('place %i is what the numbers come to', (index) => {
    const ids = siblings.map(({ id }) => id)
    expect(sortedIds(index)).toEqual([...ids.slice(0, index), 'm', ...ids.slice(index)])
  })

  it('changes only the moved one where there is room', () => {
    expect([...orderFor(siblings, { id: 'm', sort: 0 }, 1).keys()]).toEqual(['m'])
  })

  it('makes room where there is none', () => {
    const equal = siblings.map(({ id }) => ({ id, sort: 0 }))
    expect(sortedIds(1, equal)).toEqual(['s1', 'm', 's2', 's3'])
    expect(sortedIds(0, equal)).toEqual(['m', 's1', 's2', 's3'])
  })
})
