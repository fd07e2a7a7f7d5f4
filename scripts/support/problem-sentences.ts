import type { AreaProblemCode } from '../../src/areas/parse-areas.ts'
import type { CalendarProblemCode } from '../../src/calendar/parse-calendar.ts'
import type { GroupProblemCode } from '../../src/groups/parse-groups.ts'
import type { Problem } from '../../src/lib/read-table.ts'

export type FileProblem = Problem<'not-csv'>
type Code = AreaProblemCode | GroupProblemCode | CalendarProblemCode | FileProblem['code']

/** What is wrong, and what to do. `{{name}}` stands for a param of the problem. */
const sentences: Record<Code, string> = {
  'not-csv':
    'This is an Excel workbook that is called .csv. Call it .xlsx, or save it in Excel as “CSV UTF-8 (comma delimited)”.',
  'excel-file':
    'This is an old Excel workbook (.xls), or one with a password. Save it as .xlsx, or as “CSV UTF-8 (comma delimited)”.',
  'utf-16': 'This is a UTF-16 (“Unicode text”) file. Save it as “CSV UTF-8 (comma delimited)”.',
  gbk: 'This is a GBK file, not UTF-8. Save it as “CSV UTF-8”; plain “CSV” in a Chinese Excel writes GBK.',
  'broken-encoding':
    'There is a character that is not valid UTF-8. Correct it here, or take the file from its source again.',
  'empty-file': 'There are no rows. The first line names the columns, the rows follow.',
  'broken-csv':
    'The quotation marks do not match. A cell with a comma or a quotation mark needs "…" around it, and "" for a quotation mark.',
  'broken-xlsx':
    'This Excel workbook cannot be read. Save it again as .xlsx without a password, or as “CSV UTF-8”.',
  'huge-xlsx': 'This Excel workbook is far too large. Keep one sheet with nothing but the table.',
  'cell-error': 'Excel shows an error in {{cell}}. Correct the formula, or write the value.',
  'missing-column': 'The column {{column}} is missing. The columns are: {{expected}}.',
  'unknown-column': 'There is no column “{{column}}”. The columns are: {{expected}}.',
  'double-column': 'The column {{column}} stands there twice. Remove one.',
  'cell-count':
    'The line has {{found}} cells, the header has {{expected}}. Is a comma missing or one too many?',
  'bad-code':
    '“{{value}}” is not a code of twelve digits. If a spreadsheet shortened it, format the column as text.',
  'empty-name': 'The name of {{code}} is empty.',
  'bad-level': '“{{value}}” is not a level. Levels are: {{expected}}.',
  'bad-risk-class':
    '“{{value}}” is not a risk class. Risk classes are: {{expected}}; leave it empty to inherit.',
  'bad-day': '“{{value}}” is not a day. Write it as 2017-03-31.',
  'double-code': 'The code {{code}} stands in line {{first}} already. Remove one of the two.',
  cycle: '{{name}} is below itself: following parentCode leads back here. Correct parentCode.',
  'parent-missing': '{{name}} is a {{level}} and needs the code of its {{wanted}} in parentCode.',
  'parent-not-allowed': '{{name}} is a {{level}}, the top: leave parentCode empty.',
  'parent-unknown':
    '{{name}} is below {{parentCode}}, which is not in this file. The file must hold the whole directory.',
  'parent-level':
    '{{name}} is a {{level}} and belongs to a {{wanted}}, but parentCode names a {{found}}.',
  'empty-code': 'The code of “{{name}}” is empty.',
  'bad-kind': '“{{value}}” is not a kind of group. Kinds are: {{expected}}.',
  'empty-territory': 'The territory of {{code}} is empty. Give area codes with | between them.',
  'unknown-area': 'There is no area {{value}} in the directory. Import the directory first.',
  'retired-area': 'The area {{value}} ({{name}}) is retired. Name the one that took its place.',
  'bad-category':
    '“{{value}}” is not a category: lower-case letters, digits, - and _; leave it empty for all.',
  'empty-roster-name': 'The roster has an entry without a name. Write name:title|name:title.',
  'empty-place': 'The place is empty. Give its code or its path, such as 龙游县 龙洲街道 山底村.',
  'unknown-place':
    'There is no place “{{place}}” today. Is the name right, and is it in the directory?',
  'which-place':
    '“{{place}}” may be {{count}} places: {{places}}. Give the code or more of the path.',
  'double-place': '{{place}} stands in line {{first}} already. Remove one of the two.',
  'election-not-a-day':
    '“{{value}}” is not a day. Write it as 2026-12-05; leave it empty to inherit.',
  'election-past': '{{value}} is over. An election day cannot be set in the past.',
  'election-too-far': '{{value}} is more than two years away. Is the year right?',
  'double-roster-name':
    '{{name}} stands on this roster twice. Add something that tells them apart.',
}

/** "Line 7: The code … stands in line 3 already. Remove one of the two." */
export function describeProblem({ line, code, params }: Problem<Code>): string {
  const text = sentences[code].replace(/\{\{(\w+)\}\}/g, (_, name) => String(params[name] ?? ''))
  return `Line ${line}: ${text}`
}
