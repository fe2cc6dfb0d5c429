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

#define STOCK(rows)                                                                                \
    {                                                                                              \
        rows, sizeof(rows) / sizeof *(rows)                                                        \
    }

/* Letters and calls of the second round by city, as the province made them public in 2021. */
static const struct stock_row cities[] = {
    {"沈阳市", 1054, "沈阳", "210100"},
    {"大连市", 872, "大连", "210200"},
    {"鞍山市", 341, "鞍山", "210300"},
    {"葫芦岛市", 289, "葫芦岛", "211400"},
    {"营口市", 287, "营口", "210800"},
    {"丹东市", 276, "丹东", "210600"},
    {"朝阳市", 225, "朝阳", "211300"},
    {"抚顺市", 223, "抚顺", "210400"},
    {"本溪市", 214, "本溪", "210500"},
    {"锦州市", 194, "锦州", "210700"},
    {"铁岭市", 185, "铁岭", "211200"},
    {"辽阳市", 183, "辽阳", "211000"},
    {"阜新市", 159, "阜新", "210900"},
    {"盘锦市", 61, "盘锦", "211100"},
};
const struct stock stock_cities = STOCK(cities);

/* Weights by how many of the province's 36 measures each leads, the line departments raised. */
static const struct stock_row departments[] = {
    {"省生态环境厅", 40, "生态环境厅", NULL},
    {"省住房城乡建设厅", 16, "住建厅", NULL},
    {"省水利厅", 12, "水利厅", NULL},
    {"省自然资源厅", 9, "自然资源厅", NULL},
    {"省农业农村厅", 8, "农业农村厅", NULL},
    {"省工业和信息化厅", 5, "工信厅", NULL},
    {"省林草局", 4, "林草局", NULL},
    {"省发展改革委", 3, "发展改革委", NULL},
    {"省交通运输厅", 2, "交通运输厅", NULL},
    {"省卫生健康委", 1, "卫生健康委", NULL},
};
const struct stock stock_departments = STOCK(departments);

static const struct stock_row subjects[] = {
    {"城镇污水处理厂", 5, NULL, NULL},
    {"雨污管网", 5, NULL, NULL},
    {"入河排污口", 5, NULL, NULL},
    {"黑臭水体", 4, NULL, NULL},
    {"农村生活污水", 4, NULL, NULL},
    {"畜禽养殖粪污", 4, NULL, NULL},
    {"生活垃圾填埋场", 3, NULL, NULL},
    {"垃圾焚烧发电厂", 2, NULL, NULL},
    {"污泥处置设施", 2, NULL, NULL},
    {"饮用水水源保护区", 4, NULL, NULL},
    {"地下水超采区", 2, NULL, NULL},
    {"湿地保护区", 2, NULL, NULL},
    {"河口湿地", 1, NULL, NULL},
    {"自然保护区核心区", 2, NULL, NULL},
    {"矿山生态修复", 4, NULL, NULL},
    {"菱镁矿开采", 2, NULL, NULL},
    {"镁砂窑炉", 2, NULL, NULL},
    {"尾矿库", 3, NULL, NULL},
    {"历史遗留矿山", 2, NULL, NULL},
    {"采石场", 3, NULL, NULL},
    {"渔港", 2, NULL, NULL},
    {"近岸海水养殖", 2, NULL, NULL},
    {"围填海项目", 2, NULL, NULL},
    {"海岸带", 1, NULL, NULL},
    {"燃煤锅炉", 4, NULL, NULL},
    {"钢铁企业超低排放", 2, NULL, NULL},
    {"焦化企业", 2, NULL, NULL},
    {"化工园区", 3, NULL, NULL},
    {"工业固体废物堆场", 3, NULL, NULL},
    {"危险废物贮存", 3, NULL, NULL},
    {"挥发性有机物治理", 3, NULL, NULL},
    {"柴油货车尾气", 2, NULL, NULL},
    {"施工扬尘", 3, NULL, NULL},
    {"秸秆焚烧", 3, NULL, NULL},
    {"餐饮油烟", 3, NULL, NULL},
    {"噪声扰民", 2, NULL, NULL},
    {"散乱污企业", 2, NULL, NULL},
    {"两高项目", 2, NULL, NULL},
    {"沙化土地", 2, NULL, NULL},
    {"水土流失", 2, NULL, NULL},
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
