/** Words in Chinese: the Start tab and the template gallery. */
import type { startStrings as Shape } from '../en/start.ts';

export const startStrings: typeof Shape = {
  start: {
    aside: '开始',
    line: '画出数据流，看它运行，带到 Flink。',
    newPipeline: '新建管道',
    openSpec: '打开定义文件…',
    shortcuts: '快捷键',
    templates: '模板',
    galleryTitle: '从一个已能运行的模板开始',
    galleryLead: '每个模板自带数据，无需消息队列或账号。',
    search_one: '搜索 {{count}} 个模板',
    search_other: '搜索 {{count}} 个模板',
    searchLabel: '搜索模板',
    clear: '清除搜索',
    noMatch: '没有名为“{{query}}”的模板',
    noMatchText: '试试输入的数据、做的事或节点，例如 CSV、迟到、窗口。',
    showAll: '显示全部',
    unread: '无法读取模板',
    reading: '正在读取模板',
    all_one: '全部 {{count}}',
    all_other: '全部 {{count}}',
    fewer: '收起',
    run: '运行',
    starting: '正在启动',
    runTemplate: '运行“{{title}}”',
    group: {
      etl: '实时 ETL 与脱敏',
      analysis: '分析与推荐',
      monitoring: '监控、告警与反欺诈',
      reports: '报表与 Top-N 看板',
    },
    groupLead: {
      etl: '清洗、脱敏、分流、落盘',
      analysis: '会话、相似度、特征',
      monitoring: '模式、阈值、静默',
      reports: '可自我修正的排名',
    },
  },
};
