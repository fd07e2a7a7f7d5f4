import { strToU8, zipSync } from 'fflate'
import { phonePhoto } from '../images.ts'

/** Who wrote it; planted wherever an office file keeps names. */
export const canary = 'CANARY-WRITER'

const office = 'http://schemas.openxmlformats.org'
const relation = `${office}/officeDocument/2006/relationships`
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

export const xml = (text: string) => strToU8(`${declaration}\n${text}`)
export const relations = (...lines: string[]) =>
  xml(
    `<Relationships xmlns="${office}/package/2006/relationships">${lines.join('')}</Relationships>`,
  )
export const related = (id: string, type: string, target: string, mode = '') =>
  `<Relationship Id="${id}" Type="${relation}/${type}" Target="${target}"${mode && ` TargetMode="${mode}"`}/>`

const types = (overrides: Record<string, string>) =>
  xml(
    `<Types xmlns="${office}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      '<Default Extension="jpeg" ContentType="image/jpeg"/>' +
      Object.entries(overrides)
        .map(([part, type]) => `<Override PartName="/${part}" ContentType="${type}"/>`)
        .join('') +
      '</Types>',
  )

const core = xml(
  `<cp:coreProperties xmlns:cp="${office}/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
    `<dc:creator>${canary}</dc:creator><cp:lastModifiedBy>${canary}</cp:lastModifiedBy></cp:coreProperties>`,
)
const app = xml(
  `<Properties xmlns="${office}/officeDocument/2006/extended-properties"><Company>${canary}</Company></Properties>`,
)

export type Parts = Record<string, Uint8Array>
export const pack = (parts: Parts) => Buffer.from(zipSync(parts, { level: 6 }))
/** The words of a Word document. */
export const paragraph = (words: string) => `<w:p><w:r><w:t>${words}</w:t></w:r></w:p>`

export const wordNames = `xmlns:w="${office}/wordprocessingml/2006/main" xmlns:r="${relation}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"`

/** A letter with its writer's name in every place that Word knows, and a photo from a phone. */
export async function docxParts(body = ''): Promise<Parts> {
  const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
  return {
    '[Content_Types].xml': types({
      'word/document.xml': `${word}.document.main+xml`,
      'word/comments.xml': `${word}.comments+xml`,
      'word/settings.xml': `${word}.settings+xml`,
      'word/people.xml': `${word}.people+xml`,
      'docProps/core.xml': 'application/vnd.openxmlformats-package.core-properties+xml',
      'docProps/app.xml': 'application/vnd.openxmlformats-officedocument.extended-properties+xml',
    }),
    '_rels/.rels': relations(
      related('rId1', 'officeDocument', 'word/document.xml'),
      related('rId2', 'metadata/core-properties', 'docProps/core.xml'),
      related('rId3', 'extended-properties', 'docProps/app.xml'),
      related('rId4', 'metadata/thumbnail', 'docProps/thumbnail.jpeg'),
    ),
    'docProps/core.xml': core,
    'docProps/app.xml': app,
    'docProps/custom.xml': xml(`<Properties><p>${canary}</p></Properties>`),
    'docProps/thumbnail.jpeg': await phonePhoto(),
    'customXml/item1.xml': xml(`<who>${canary}</who>`),
    'word/document.xml': xml(
      `<w:document ${wordNames}><w:body>` +
        `<w:p w:rsidR="00CANARY1" w14:paraId="0CANARY2"><w:ins w:id="1" w:author="${canary}" w:date="2017-03-01T08:00:00Z">` +
        '<w:r><w:t>每户两百元</w:t></w:r></w:ins></w:p>' +
        `<!-- ${canary} --><w:p><w:hyperlink r:id="rId9"><w:r><w:t>看这里</w:t></w:r></w:hyperlink></w:p>` +
        `<w:p><w:r><w:drawing><wp:docPr xmlns:wp="${office}/drawingml/2006/wordprocessingDrawing" id="1" name="${canary}" descr="C:\\${canary}\\1.jpg"/>` +
        `<a:blip xmlns:a="${office}/drawingml/2006/main" r:embed="rId8"/></w:drawing></w:r></w:p>${body}</w:body></w:document>`,
    ),
    'word/comments.xml': xml(
      `<w:comments ${wordNames}><w:comment w:id="0" w:author="${canary}" w:initials="CANARY">${paragraph('请看这一条')}</w:comment></w:comments>`,
    ),
    'word/people.xml': xml(`<people><person author="${canary}"/></people>`),
    'word/settings.xml': xml(
      `<w:settings ${wordNames}><w:attachedTemplate r:id="rId1"/><w:docVars><w:docVar w:name="a" w:val="${canary}"/></w:docVars>` +
        '<w:defaultTabStop w:val="420"/><w:rsids><w:rsid w:val="00CANARY1"/></w:rsids></w:settings>',
    ),
    'word/_rels/settings.xml.rels': relations(
      related('rId1', 'attachedTemplate', `file:///C:/Users/${canary}/Normal.dotm`, 'External'),
    ),
    'word/_rels/document.xml.rels': relations(
      related('rId1', 'comments', 'comments.xml'),
      related('rId2', 'people', 'people.xml'),
      related('rId3', 'settings', 'settings.xml'),
      related('rId8', 'image', 'media/image1.jpeg'),
      related('rId9', 'hyperlink', `http://example.org/${canary}`, 'External'),
    ),
    'word/media/image1.jpeg': await phonePhoto(),
  }
}

const sheetNames = `xmlns="${office}/spreadsheetml/2006/main" xmlns:r="${relation}"`

/** A table with a note on a cell. */
export function xlsxParts(): Parts {
  const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  return {
    '[Content_Types].xml': types({
      'xl/workbook.xml': `${sheet}.sheet.main+xml`,
      'xl/worksheets/sheet1.xml': `${sheet}.worksheet+xml`,
      'xl/comments1.xml': `${sheet}.comments+xml`,
    }),
    '_rels/.rels': relations(related('rId1', 'officeDocument', 'xl/workbook.xml')),
    'docProps/core.xml': core,
    'xl/workbook.xml': xml(
      `<workbook ${sheetNames}><fileSharing userName="${canary}"/>` +
        `<mc:AlternateContent xmlns:mc="${office}/markup-compatibility/2006"><mc:Choice Requires="x15"><absPath url="C:\\Users\\${canary}\\"/></mc:Choice></mc:AlternateContent>` +
        '<sheets><sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ),
    'xl/_rels/workbook.xml.rels': relations(related('rId1', 'worksheet', 'worksheets/sheet1.xml')),
    'xl/worksheets/sheet1.xml': xml(
      `<worksheet ${sheetNames}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>张三两百</t></is></c></row></sheetData>` +
        '<hyperlinks><hyperlink ref="A1" r:id="rId2"/></hyperlinks></worksheet>',
    ),
    'xl/worksheets/_rels/sheet1.xml.rels': relations(
      related('rId1', 'comments', '../comments1.xml'),
      related('rId2', 'hyperlink', `mailto:${canary}@example.org`, 'External'),
    ),
    'xl/comments1.xml': xml(
      `<comments ${sheetNames}><authors><author>${canary}</author></authors><commentList><comment ref="A1" authorId="0"><text>` +
        `<r><t>${canary}:</t></r><r><t>晚上送的</t></r></text></comment></commentList></comments>`,
    ),
  }
}

/** Slides with a comment. */
export function pptxParts(): Parts {
  const slide = 'application/vnd.openxmlformats-officedocument.presentationml'
  const names = `xmlns:p="${office}/presentationml/2006/main" xmlns:a="${office}/drawingml/2006/main" xmlns:r="${relation}"`
  return {
    '[Content_Types].xml': types({
      'ppt/presentation.xml': `${slide}.presentation.main+xml`,
      'ppt/slides/slide1.xml': `${slide}.slide+xml`,
      'ppt/commentAuthors.xml': `${slide}.commentAuthors+xml`,
    }),
    '_rels/.rels': relations(related('rId1', 'officeDocument', 'ppt/presentation.xml')),
    'docProps/core.xml': core,
    'ppt/presentation.xml': xml(
      `<p:presentation ${names}><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst></p:presentation>`,
    ),
    'ppt/_rels/presentation.xml.rels': relations(
      related('rId1', 'slide', 'slides/slide1.xml'),
      related('rId2', 'commentAuthors', 'commentAuthors.xml'),
      related('rId3', 'changesInfo', 'changesInfos/changesInfo1.xml'),
    ),
    'ppt/slides/slide1.xml': xml(
      `<p:sld ${names}><p:cSld><p:spTree><p:sp><p:nvSpPr><p:cNvPr id="2" name="${canary}"/></p:nvSpPr><p:txBody><a:p><a:r><a:t>大会安排</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>`,
    ),
    'ppt/commentAuthors.xml': xml(
      `<p:cmAuthorLst ${names}><p:cmAuthor id="0" name="${canary}" initials="CANARY" lastIdx="1" clrIdx="0"/></p:cmAuthorLst>`,
    ),
    'ppt/changesInfos/changesInfo1.xml': xml(`<chg name="${canary}"/>`),
  }
}
