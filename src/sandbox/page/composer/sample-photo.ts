import type { Attachment } from './attachment.ts'

const WIDTH = 960
const HEIGHT = 720

/** Draws a photo, for whoever has none at hand: an envelope on a table, marked as a sample. */
export async function createSamplePhoto(mark: string): Promise<Attachment> {
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH
  canvas.height = HEIGHT
  const paint = canvas.getContext('2d')
  if (!paint) throw new Error('This browser cannot draw')
  drawTable(paint)
  drawEnvelope(paint)
  drawMark(paint, mark)
  const blob = await new Promise<Blob | null>((resolve) =>
    canvas.toBlob(resolve, 'image/jpeg', 0.85),
  )
  if (!blob) throw new Error('This browser cannot encode a photo')
  const file = new File([blob], 'sample.jpg', { type: 'image/jpeg' })
  return { file, width: WIDTH, height: HEIGHT }
}

function drawTable(paint: CanvasRenderingContext2D): void {
  const wood = paint.createLinearGradient(0, 0, WIDTH, HEIGHT)
  wood.addColorStop(0, '#a9825a')
  wood.addColorStop(1, '#7d5b3b')
  paint.fillStyle = wood
  paint.fillRect(0, 0, WIDTH, HEIGHT)
  paint.strokeStyle = 'rgba(60, 38, 20, 0.25)'
  for (let y = 90; y < HEIGHT; y += 150) {
    paint.beginPath()
    paint.moveTo(0, y)
    paint.bezierCurveTo(WIDTH / 3, y + 22, (2 * WIDTH) / 3, y - 22, WIDTH, y + 8)
    paint.stroke()
  }
}

function drawEnvelope(paint: CanvasRenderingContext2D): void {
  paint.save()
  paint.translate(WIDTH / 2, HEIGHT / 2 - 40)
  paint.rotate(-0.08)
  paint.shadowColor = 'rgba(0, 0, 0, 0.4)'
  paint.shadowBlur = 30
  paint.shadowOffsetY = 14
  paint.fillStyle = '#b3261e'
  paint.fillRect(-150, -220, 300, 440)
  paint.shadowColor = 'transparent'
  paint.fillStyle = '#8f1d17'
  paint.beginPath()
  paint.moveTo(-150, -220)
  paint.lineTo(150, -220)
  paint.lineTo(0, -90)
  paint.fill()
  paint.fillStyle = '#f2c14e'
  paint.beginPath()
  paint.arc(0, -95, 44, 0, Math.PI * 2)
  paint.fill()
  paint.restore()
}

function drawMark(paint: CanvasRenderingContext2D, mark: string): void {
  paint.fillStyle = 'rgba(0, 0, 0, 0.55)'
  paint.fillRect(0, HEIGHT - 92, WIDTH, 92)
  paint.fillStyle = '#fff'
  paint.font = '600 38px "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif'
  paint.textAlign = 'center'
  paint.textBaseline = 'middle'
  paint.fillText(mark, WIDTH / 2, HEIGHT - 46)
}
