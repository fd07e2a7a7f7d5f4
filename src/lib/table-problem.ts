/** Something that an operator must mend in a file. A sentence belongs to each code; `params` fill it in. */
export type Problem<Code extends string = string> = {
  /** Line in the file, the header being 1. */
  line: number
  code: Code
  params: Record<string, string | number>
}

export type TableProblemCode =
  | 'excel-file'
  | 'utf-16'
  | 'gbk'
  | 'broken-encoding'
  | 'empty-file'
  | 'broken-csv'
  | 'broken-xlsx'
  | 'missing-column'
  | 'unknown-column'
  | 'double-column'
  | 'cell-count'
  | 'huge-xlsx'
  | 'cell-error'
