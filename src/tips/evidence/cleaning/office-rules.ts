import type { XmlRules } from './rewrite-xml.ts'

/** Word and its kin need a name where a change is tracked; this one is everybody's. */
const nobody = 'Author'

/** Settings that change how a page looks. All others tell of templates, paths, variables and editing sessions. */
const keptSettings = new Set(
  [
    ...['zoom', 'evenAndOddHeaders', 'mirrorMargins', 'gutterAtTop', 'defaultTabStop'],
    ...['characterSpacingControl', 'footnotePr', 'endnotePr', 'compat', 'themeFontLang'],
    ...['clrSchemeMapping', 'decimalSymbol', 'listSeparator', 'displayBackgroundShape'],
  ].map((name) => `w:${name}`),
)
const keptOfWorkbook = new Set(
  ['workbookPr', 'bookViews', 'sheets', 'definedNames', 'calcPr'].map((name) => `x:${name}`),
)

/** Elements that say nothing to a reader: identities of editors, data behind the page, lists of extensions. */
const droppedElements = new Set([
  ...['w:rsids', 'w:docVars', 'w:permStart', 'w:permEnd', 'w:dataBinding', 'w:proofErr'],
  ...['w:webSettings', 'w:attachedTemplate', 'w:mailMerge', 'w:saveThroughXslt'],
  ...['p:extLst', 'x:extLst', 'a:extLst', 'p:custDataLst', 'p:modifyVerifier'],
  ...['x:webPublishItems', 'x:customSheetViews', 'x:dataConsolidate', 'x:smartTags'],
])

/** Attributes that go wherever they stand, by their name without prefix. */
const droppedAttributes =
  /^(rsid\w*|paraId|textId|date|dt|dateUtc|lastModifiedBy|userName|userId|providerId|documentId|uid|codeName|refreshedBy|descr|title|alt|href|src|saveData|lastEdited|lowestEdited|rupBuild)$/
/** Written by Word from what it knows about the writer and the file, or fetched from elsewhere. */
const tellingFields =
  /AUTHOR|LASTSAVEDBY|USERNAME|USERINITIALS|USERADDRESS|FILENAME|DOCPROPERTY|DOCVARIABLE|INFO|TEMPLATE|COMMENTS|KEYWORDS|SUBJECT|INCLUDETEXT|INCLUDEPICTURE|LINK(?<!HYPERLINK)|DDE|EMBED|DATABASE|MERGEFIELD|IMPORT/i
const tellingLinks = /HYPERLINK\s*"?\s*(file:|mailto:|[a-z]:[\\/]|\\\\)/i
const boundToProperties = /core-?properties|extended-?properties|coverPageProps/i

export class TellingContent extends Error {}

/** `lostIds`: relations of this part that are not there any more; what hangs on them goes too. */
export function rulesOf(path: string, lostIds: ReadonlySet<string>): XmlRules {
  const isSettings = path === 'word/settings.xml'
  const isWorkbook = path === 'xl/workbook.xml'
  return {
    keep: (name, parent, attributes) => {
      if (isSettings && parent === 'w:settings' && !keptSettings.has(name)) return false
      if (isWorkbook && parent === 'x:workbook' && !keptOfWorkbook.has(name)) return false
      if (name === 'w:dataBinding' && boundToProperties.test(Object.values(attributes).join(' ')))
        throw new TellingContent('Shows a property of the file')
      if (name === 'w:fldSimple') refuseTelling(attributes['w:instr'] ?? '')
      if (droppedElements.has(name)) return false
      const hangsOn = Object.entries(attributes).find(
        ([key, value]) => /^(r:|o:relid)/.test(key) && lostIds.has(value),
      )
      return hangsOn === undefined || keepsWithoutLink.has(name)
    },
    attribute: (name, value, element) => {
      const local = name.slice(name.indexOf(':') + 1)
      if (name.startsWith('r:') && lostIds.has(value)) return null
      if (/:(cNvPr|docPr)$/.test(element) && local === 'name') return ''
      if (element === 'p:cmAuthor' && /^(name|initials)$/.test(local)) return nobody
      if (local === 'author' || local === 'initials') return nobody
      return droppedAttributes.test(local) ? null : value
    },
  }
}

/** The words in them stay when the link goes. */
const keepsWithoutLink = new Set(['w:hyperlink', 'x:pageSetup'])

/** Throws for a field whose words on the page say who wrote it. `instructions`: all of a part, put together. */
export function refuseTelling(instructions: string): void {
  if (tellingLinks.test(instructions)) throw new TellingContent('Links to a place of the writer')
  const bare = instructions.replace(/"[^"]*"/g, ' ')
  if (tellingFields.test(bare)) throw new TellingContent('Shows a property of the file')
}
