import type { ThemeConfig } from 'antd'

/** The same colours and sizes as in page.css, for the parts that Ant Design draws. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#1d6b58',
    colorText: '#16211c',
    colorTextPlaceholder: '#5d6b64',
    colorBorder: '#b9c6bf',
    fontSize: 16,
    fontSizeLG: 16,
    borderRadius: 10,
    controlHeight: 40,
    controlHeightLG: 42,
    fontFamily: 'inherit',
    controlItemBgActive: '#d5eedf',
    controlItemBgActiveHover: '#c5e6d4',
    controlItemBgHover: '#eff4f1',
    motionDurationMid: '0.12s',
  },
}
