/* sample_stock: the words that generated tasks are made of. */
#include "sample_stock.h"

size_t stock_pick(const struct stock *stock, uint64_t number)
{
    int total = 0;
    for (size_t i = 0; i < stock->count; i++)
        total += stock->row[i].weight;
    int left = (int)(number % (uint64_t)total);
    size_t index = 0;
    while (left >= stock->row[index].weight)
        left -= stock->row[index++].weight;
    return index;
}

/* What is wrong with what, and the category of such tasks. */
static const struct stock_row subjects[] = {
    {"城镇污水处理厂", 5, "水", NULL},
    {"雨污管网", 5, "城镇环境基础设施", NULL},
    {"入河排污口", 5, "水", NULL},
    {"黑臭水体", 4, "水", NULL},
    {"农村生活污水", 4, "农业农村", NULL},
    {"畜禽养殖粪污", 4, "农业农村", NULL},
    {"生活垃圾填埋场", 3, "固废", NULL},
    {"垃圾焚烧发电厂", 2, "固废", NULL},
    {"污泥处置设施", 2, "城镇环境基础设施", NULL},
    {"饮用水水源保护区", 4, "水", NULL},
    {"地下水超采区", 2, "水", NULL},
    {"湿地保护区", 2, "自然保护地", NULL},
    {"河口湿地", 1, "海洋", NULL},
    {"自然保护区核心区", 2, "自然保护地", NULL},
    {"矿山生态修复", 4, "矿山", NULL},
    {"菱镁矿开采", 2, "矿山", NULL},
    {"镁砂窑炉", 2, "大气", NULL},
    {"尾矿库", 3, "矿山", NULL},
    {"历史遗留矿山", 2, "矿山", NULL},
    {"采石场", 3, "矿山", NULL},
    {"渔港", 2, "海洋", NULL},
    {"近岸海水养殖", 2, "海洋", NULL},
    {"围填海项目", 2, "海洋", NULL},
    {"海岸带", 1, "海洋", NULL},
    {"燃煤锅炉", 4, "大气", NULL},
    {"钢铁企业超低排放", 2, "大气", NULL},
    {"焦化企业", 2, "大气", NULL},
    {"化工园区", 3, "产业园区", NULL},
    {"工业固体废物堆场", 3, "固废", NULL},
    {"危险废物贮存", 3, "固废", NULL},
    {"挥发性有机物治理", 3, "大气", NULL},
    {"柴油货车尾气", 2, "大气", NULL},
    {"施工扬尘", 3, "大气", NULL},
    {"秸秆焚烧", 3, "大气", NULL},
    {"餐饮油烟", 3, "大气", NULL},
    {"噪声扰民", 2, "全民行动", NULL},
    {"散乱污企业", 2, "产业园区", NULL},
    {"两高项目", 2, "两高", NULL},
    {"沙化土地", 2, "生态安全", NULL},
    {"水土流失", 2, "生态安全", NULL},
};
const struct stock stock_subjects = STOCK(subjects);

static const struct stock_row problems[] = {
    {"整治不到位", 6, NULL, NULL},
    {"建设滞后", 5, NULL, NULL},
    {"未按期完成", 5, NULL, NULL},
    {"清理不彻底", 4, NULL, NULL},
    {"超标排放", 4, NULL, NULL},
    {"长期超负荷运行", 2, NULL, NULL},
    {"问题反弹", 3, NULL, NULL},
    {"监管缺失", 3, NULL, NULL},
    {"手续不全", 3, NULL, NULL},
    {"违法占用", 2, NULL, NULL},
    {"直排环境", 2, NULL, NULL},
    {"运行不正常", 3, NULL, NULL},
    {"台账不清", 2, NULL, NULL},
    {"群众反映强烈", 3, NULL, NULL},
};
const struct stock stock_problems = STOCK(problems);

static const struct stock_row places[] = {
    {"", 30, NULL, NULL},
    {"浑河沿岸", 3, NULL, NULL},
    {"太子河流域", 3, NULL, NULL},
    {"大辽河流域", 3, NULL, NULL},
    {"辽河干流", 3, NULL, NULL},
    {"大凌河流域", 3, NULL, NULL},
    {"小凌河流域", 2, NULL, NULL},
    {"复州河流域", 2, NULL, NULL},
    {"细河流域", 2, NULL, NULL},
    {"清河流域", 2, NULL, NULL},
    {"蒲河沿岸", 2, NULL, NULL},
    {"鸭绿江沿岸", 2, NULL, NULL},
    {"六股河流域", 1, NULL, NULL},
    {"经济开发区", 5, NULL, NULL},
    {"高新技术产业园区", 4, NULL, NULL},
    {"城区", 5, NULL, NULL},
    {"城乡结合部", 4, NULL, NULL},
    {"部分乡镇", 6, NULL, NULL},
    {"国道沿线", 2, NULL, NULL},
    {"铁路沿线", 1, NULL, NULL},
};
const struct stock stock_places = STOCK(places);
