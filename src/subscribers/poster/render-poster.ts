import { PDFDocument, rgb } from '@cantoo/pdf-lib'
import sharp from 'sharp'
import type { Scene } from './scene.ts'

const mmPerInch = 25.4
const pointsPerMm = 72 / mmPerInch

/** A PNG with so many dots per inch. */
export async function renderPng(scene: Scene, dpi: number): Promise<Uint8Array> {
  const width = Math.round((scene.width / mmPerInch) * dpi)
  return sharp(Buffer.from(writeSvg(scene)), { density: dpi })
    .resize({ width })
    .withMetadata({ density: dpi })
    .png({ palette: true, colours: 64 })
    .toBuffer()
}

/** A PDF with a page for each scene. */
export async function renderPdf(scenes: readonly Scene[], title: string): Promise<Uint8Array> {
  const pdf = await createPdf(title)
  for (const scene of scenes) {
    const page = pdf.addPage([scene.width * pointsPerMm, scene.height * pointsPerMm])
    for (const { d, fill, x, y, scale } of scene.shapes)
      page.drawSvgPath(d, {
        x: x * pointsPerMm,
        y: (scene.height - y) * pointsPerMm,
        scale: scale * pointsPerMm,
        color: colourOf(fill),
        borderWidth: 0,
      })
  }
  return pdf.save()
}

export type Sheet = { width: number; height: number; columns: number; rows: number }

/** Pages with the same card as often as they hold, and marks to cut along. `cards` is a PDF with a card on each page. */
export async function renderSheet(
  cards: Uint8Array,
  { width, height, columns, rows }: Sheet,
  title: string,
): Promise<Uint8Array> {
  const pdf = await createPdf(title)
  const source = await PDFDocument.load(cards)
  for (const card of await pdf.embedPages(source.getPages())) {
    const page = pdf.addPage([width * pointsPerMm, height * pointsPerMm])
    const [left, bottom] = [
      (page.getWidth() - columns * card.width) / 2,
      (page.getHeight() - rows * card.height) / 2,
    ]
    for (let column = 0; column < columns; column++)
      for (let row = 0; row < rows; row++)
        page.drawPage(card, { x: left + column * card.width, y: bottom + row * card.height })
    const mark = { thickness: 0.4, color: rgb(0.4, 0.4, 0.4) }
    const length = 4 * pointsPerMm
    const gap = pointsPerMm
    for (let column = 0; column <= columns; column++)
      for (const y of [bottom - gap - length, bottom + rows * card.height + gap]) {
        const x = left + column * card.width
        page.drawLine({ ...mark, start: { x, y }, end: { x, y: y + length } })
      }
    for (let row = 0; row <= rows; row++)
      for (const x of [left - gap - length, left + columns * card.width + gap]) {
        const y = bottom + row * card.height
        page.drawLine({ ...mark, start: { x, y }, end: { x: x + length, y } })
      }
  }
  return pdf.save()
}

async function createPdf(title: string): Promise<PDFDocument> {
  const pdf = await PDFDocument.create()
  pdf.setTitle(title)
  pdf.setCreator('Qingfeng')
  return pdf
}

function writeSvg({ width, height, shapes }: Scene): string {
  const paths = shapes.map(
    ({ d, fill, x, y, scale }) =>
      `<path fill="${fill}" transform="translate(${round(x)} ${round(y)}) scale(${round(scale)})" d="${d}"/>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}mm" height="${height}mm" viewBox="0 0 ${width} ${height}">${paths.join('')}</svg>`
}

const round = (n: number) => Number(n.toFixed(6))

/** #rrggbb */
function colourOf(fill: string) {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(
    (at) => Number.parseInt(fill.slice(at, at + 2), 16) / 255,
  )
  return rgb(red, green, blue)
}
