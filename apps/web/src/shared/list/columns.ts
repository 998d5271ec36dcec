export interface Column<S extends string = never> {
  /** Also the name of the slot that fills it. */
  key: string
  label: string
  /** What the server calls this column when it sorts by it. */
  sort?: S
  /** Numbers stand at the end of their column. */
  end?: boolean
  width?: string
  /** Only where there is plenty of room. */
  wide?: boolean
  /** The heading of a row's card on narrow screens. */
  head?: boolean
  /** For buttons that say themselves what they are. */
  hideLabel?: boolean
}
