/** Words in Chinese: the tour. */
import type { tourStrings as Shape } from '../en/tour.ts';

export const tourStrings: typeof Shape = {
  tour: {
    offer: '第一次使用？七站，两分钟。',
    take: '开始导览',
    notNow: '以后再说',
    start: '快速导览',
    skip: '跳过导览',
    back: '上一步',
    next: '下一步',
    done: '完成',
    place: '第 {{index}} 站，共 {{count}} 站',
    stops: {
      templates: {
        title: '从能运行的模板开始',
        text: '每张卡片都是一条完整的管道，自带数据。指向一张并按“运行”，连线里的水立即流动。',
      },
      nodes: {
        title: '节点，按用途分组',
        text: '拖到画布上，或在节点上按 Enter。搜索也认同义词，例如保留、分组、隐藏。',
      },
      canvas: {
        title: '画布',
        text: '从端口拖出连线；不匹配时，松手前就会说明原因。双击空白处可在那里添加节点。',
      },
      inspector: {
        title: '所选内容的设置',
        text: '每个节点一张表单，并列出输入列和输出列。输入时，错误会直接标在字段上。',
      },
      run: {
        title: '运行与停止',
        text: '{{run}} 在内置引擎上运行。停止会保留状态，下次运行从这里继续。',
      },
      details: {
        title: '运行细节',
        text: '问题及其修复、任意连线上的数据、检查点和运行日志都在这里。',
      },
      find: {
        title: '按名称找到一切',
        text: '{{palette}} 可查找节点、列和所有命令。想再看这个导览时，也在其中。',
      },
    },
  },
};
