import type { HeldBackReason } from '../evidence.ts'

export type OfficeKind = 'docx' | 'xlsx' | 'pptx'

/**
 * What becomes of a file inside an office file. xml, relations: written anew. image: packed anew. drop: it says who,
 * when or with what, and nothing that is seen. Anything that is not listed holds the whole back.
 */
export type PartFate =
  | 'xml'
  | 'comments'
  | 'relations'
  | 'types'
  | 'image'
  | 'drop'
  | HeldBackReason

const dropped: readonly RegExp[] = [
  /^docProps\//,
  /^docMetadata\//,
  /^customXml\//,
  /^_xmlsignatures\//,
  /^(word|xl|ppt)\/printerSettings\//,
  /^word\/(people|commentsExtended|commentsIds|commentsExtensible|webSettings|stylesWithEffects)\.xml$/,
  /^word\/glossary\//,
  /^xl\/(calcChain|userNames|sharedStringsMeta)\.xml$/,
  /^xl\/(persons|threadedComments|revisions|customProperty)\//,
  /^ppt\/(viewProps|revisionInfo)\.xml$/,
  /^ppt\/(changesInfos|tags|customXml)\//,
  // Each has a picture beside it for programs that cannot draw it.
  /^(word|xl|ppt)\/media\/[^/]+\.svg$/i,
]

const heldBack: readonly [RegExp, HeldBackReason][] = [
  [/vbaProject|vbaData|(^|\/)macrosheets\/|(^|\/)dialogsheets\//i, 'macros'],
  [
    /(^|\/)(embeddings|activeX|ctrlProps|externalLinks|afchunk[^/]*)(\/|$)|\.bin$|(^|\/)afchunk/i,
    'embedded',
  ],
  [/^(word|xl|ppt)\/media\/[^/]+\.(mp4|m4v|mov|wmv|avi|mp3|m4a|wav|wma)$/i, 'embedded'],
]

const seen: Readonly<Record<OfficeKind, readonly RegExp[]>> = {
  docx: [
    /^word\/(document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml$/,
    /^word\/(styles|numbering|fontTable|settings)\.xml$/,
    /^word\/theme\/theme\d*\.xml$/,
  ],
  xlsx: [
    /^xl\/(workbook|sharedStrings|styles)\.xml$/,
    /^xl\/worksheets\/sheet\d*\.xml$/,
    /^xl\/theme\/theme\d*\.xml$/,
    /^xl\/tables\/table\d*\.xml$/,
    /^xl\/drawings\/(drawing\d*\.xml|vmlDrawing\d*\.vml)$/,
    /^xl\/charts\/(chart|style|colors)\d*\.xml$/,
  ],
  pptx: [
    /^ppt\/(presentation|presProps|tableStyles|commentAuthors)\.xml$/,
    /^ppt\/(slides|slideLayouts|slideMasters|notesSlides|notesMasters|handoutMasters)\/\w+\.xml$/,
    /^ppt\/theme\/theme\d*\.xml$/,
    /^ppt\/comments\/comment\d+\.xml$/,
  ],
}

export function fateOf(path: string, kind: OfficeKind): PartFate {
  if (path === '[Content_Types].xml') return 'types'
  if (dropped.some((pattern) => pattern.test(path))) return 'drop'
  const held = heldBack.find(([pattern]) => pattern.test(path))
  if (held) return held[1]
  if (/(^|\/)_rels\/[^/]*\.rels$/.test(path)) return 'relations'
  if (kind === 'xlsx' && /^xl\/(comments\d*|comments\/comment\d*)\.xml$/.test(path))
    return 'comments'
  if (seen[kind].some((pattern) => pattern.test(path))) return 'xml'
  if (/^(word|xl|ppt)\/media\/[^/]+\.(jpe?g|png|gif|tiff?)$/i.test(path)) return 'image'
  return 'cannot-clean'
}

const mains: readonly [string, OfficeKind][] = [
  ['word/document.xml', 'docx'],
  ['xl/workbook.xml', 'xlsx'],
  ['ppt/presentation.xml', 'pptx'],
]

/** Null: a ZIP that is no office file of this kind. */
export function officeKindOf(paths: ReadonlySet<string>): OfficeKind | null {
  if (!paths.has('[Content_Types].xml')) return null
  return mains.find(([main]) => paths.has(main))?.[1] ?? null
}
