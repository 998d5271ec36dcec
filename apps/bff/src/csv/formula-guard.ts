/** What spreadsheets calculate instead of showing, also behind apostrophes of its own: so that both ways lose nothing. */
const formula = /^'*[=+\-@\t\r＝＋－＠]/

export function startsLikeFormula(cell: string): boolean {
  return formula.test(cell)
}

/** Takes away what the writer put in front. */
export function withoutGuard(cell: string): string {
  return cell.startsWith("'") && startsLikeFormula(cell) ? cell.slice(1) : cell
}
