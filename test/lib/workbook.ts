import { strToU8, zipSync } from 'fflate'

const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** An Excel workbook whose first sheet has these rows, as XML. `more`: other parts, or others in the place of these. */
export function workbook(
  rows: string,
  more: Record<string, string> = {},
  properties = '',
): Uint8Array {
  const parts = {
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook xmlns:r="${relation}">${properties}<sheets><sheet name="一" sheetId="2" r:id="rId7"/><sheet name="二" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet2.xml"/><Relationship Id="rId7" Target="/xl/worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    'xl/worksheets/sheet2.xml':
      '<worksheet><sheetData><row><c><v>9</v></c></row></sheetData></worksheet>',
    ...more,
  }
  return zipSync(
    Object.fromEntries(Object.entries(parts).map(([path, text]) => [path, strToU8(text)])),
  )
}

/** A workbook of cells of text. */
export function workbookOf(table: readonly (readonly string[])[]): Uint8Array {
  const safe = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const rows = table.map((cells) => {
    const written = cells.map((text) => `<c t="inlineStr"><is><t>${safe(text)}</t></is></c>`)
    return `<row>${written.join('')}</row>`
  })
  return workbook(rows.join(''))
}
