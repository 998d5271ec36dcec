import type { BuiltInRole } from '@huiyue/contracts'

interface DemoPerson {
  username: string
  name: string
  department: string
  role?: BuiltInRole
}

const named: DemoPerson[] = [
  { username: 'admin', name: '系统管理员', department: '信息技术部', role: 'admin' },
  { username: 'manager', name: '会议室管理员', department: '行政部', role: 'manager' },
  { username: 'lilei', name: '李雷', department: '产品部' },
  { username: 'hanmeimei', name: '韩梅梅', department: '市场部' },
]

const colleagues: Record<string, string> = {
  产品部: 'wangfang 王芳, zhangwei 张伟, liuyang 刘洋, chenjing 陈静, yangmin 杨敏, zhaolei 赵磊, huangting 黄婷',
  研发部:
    'zhoujie 周杰, wuqiang 吴强, xuli 徐丽, sunpeng 孙鹏, maxiaoyun 马晓云, zhujian 朱健, hulin 胡琳, guofeng 郭峰, hexin 何欣, gaoyuan 高远',
  市场部: 'linna 林娜, luohao 罗浩, zhengshuang 郑爽, liangyu 梁宇, songjia 宋佳, tangwei 唐薇',
  行政部: 'xiaolan 肖兰, dongjun 董军, yuanyuan 袁媛, caimin 蔡敏',
  信息技术部: 'jianghai 江海, weiqing 魏青, dengchao 邓超, fengxue 冯雪',
  财务部: 'shenyan 沈燕, hanbing 韩冰, luyao 路遥, jinxin 金鑫, ouyangna 欧阳娜',
}

export const demoPeople: readonly DemoPerson[] = [
  ...named,
  ...Object.entries(colleagues).flatMap(([department, people]) =>
    people.split(', ').map((person): DemoPerson => {
      const [username = '', name = ''] = person.split(' ')
      return { username, name, department }
    }),
  ),
]

/** The accounts that a visitor is offered on the login pages. */
export const demoAccounts = named.map(({ username, name }) => ({ username, name }))
