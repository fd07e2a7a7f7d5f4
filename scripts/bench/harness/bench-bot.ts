export const benchBot = {
  token: '500000001:BENCH-0123456789abcdefghijklmnopqrstuv',
  username: 'qingfeng_bench_bot',
}
