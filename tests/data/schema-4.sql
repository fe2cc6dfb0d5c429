PRAGMA application_id = 1146438222; PRAGMA user_version = 4; PRAGMA journal_mode = WAL;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES('history.head','4 a11f87f12f0881e6ea420cfd89571ef404cbc6e513b746134dd7c1d43aacb87e');
INSERT INTO meta VALUES('rows.last','1');
INSERT INTO meta VALUES('schema','4');
INSERT INTO meta VALUES('touched','229');
CREATE TABLE source (
    id       INTEGER PRIMARY KEY,
    code     TEXT NOT NULL UNIQUE CHECK (code <> '' AND code NOT GLOB '*[^0-9A-Za-z]*'),
    name     TEXT NOT NULL CHECK (name <> ''),
    year     INTEGER NOT NULL CHECK (year BETWEEN 1949 AND 2199),
    kind     TEXT NOT NULL DEFAULT 'inspection'
             CHECK (kind IN ('inspection', 'plan', 'problem_list', 'letters', 'self_check')),
    rhythm   TEXT NOT NULL DEFAULT 'weekly'
             CHECK (rhythm IN ('none', 'weekly', 'ten_day', 'half_monthly', 'monthly', 'quarterly')),
    position INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO source VALUES(1,'G','生成的任务',2026,'self_check','weekly',1);
CREATE TABLE region (
    id        INTEGER PRIMARY KEY,
    code      TEXT NOT NULL UNIQUE CHECK (code <> ''),
    name      TEXT NOT NULL CHECK (name <> ''),
    short     TEXT NOT NULL CHECK (short <> ''),      -- 盘锦, as the board shows it
    level     TEXT NOT NULL CHECK (level IN ('province', 'city', 'county', 'township')),
    parent_id INTEGER REFERENCES region (id),
    position  INTEGER NOT NULL DEFAULT 0,
    CHECK ((level = 'province') = (parent_id IS NULL))
) STRICT;
INSERT INTO region VALUES(1,'210000','辽宁省','辽宁','province',NULL,1);
INSERT INTO region VALUES(2,'210100','沈阳市','沈阳','city',1,2);
INSERT INTO region VALUES(3,'210102','和平区','和平','county',2,3);
INSERT INTO region VALUES(4,'210103','沈河区','沈河','county',2,4);
INSERT INTO region VALUES(5,'210104','大东区','大东','county',2,5);
INSERT INTO region VALUES(6,'210105','皇姑区','皇姑','county',2,6);
INSERT INTO region VALUES(7,'210106','铁西区','铁西','county',2,7);
INSERT INTO region VALUES(8,'210111','苏家屯区','苏家屯','county',2,8);
INSERT INTO region VALUES(9,'210112','浑南区','浑南','county',2,9);
INSERT INTO region VALUES(10,'210113','沈北新区','沈北','county',2,10);
INSERT INTO region VALUES(11,'210114','于洪区','于洪','county',2,11);
INSERT INTO region VALUES(12,'210115','辽中区','辽中','county',2,12);
INSERT INTO region VALUES(13,'210123','康平县','康平','county',2,13);
INSERT INTO region VALUES(14,'210124','法库县','法库','county',2,14);
INSERT INTO region VALUES(15,'210181','新民市','新民','county',2,15);
INSERT INTO region VALUES(16,'210200','大连市','大连','city',1,16);
INSERT INTO region VALUES(17,'210202','中山区','中山','county',16,17);
INSERT INTO region VALUES(18,'210203','西岗区','西岗','county',16,18);
INSERT INTO region VALUES(19,'210204','沙河口区','沙河口','county',16,19);
INSERT INTO region VALUES(20,'210211','甘井子区','甘井子','county',16,20);
INSERT INTO region VALUES(21,'210212','旅顺口区','旅顺口','county',16,21);
INSERT INTO region VALUES(22,'210213','金州区','金州','county',16,22);
INSERT INTO region VALUES(23,'210214','普兰店区','普兰店','county',16,23);
INSERT INTO region VALUES(24,'210224','长海县','长海','county',16,24);
INSERT INTO region VALUES(25,'210281','瓦房店市','瓦房店','county',16,25);
INSERT INTO region VALUES(26,'210283','庄河市','庄河','county',16,26);
INSERT INTO region VALUES(27,'210300','鞍山市','鞍山','city',1,27);
INSERT INTO region VALUES(28,'210302','铁东区','铁东','county',27,28);
INSERT INTO region VALUES(29,'210303','铁西区','铁西','county',27,29);
INSERT INTO region VALUES(30,'210304','立山区','立山','county',27,30);
INSERT INTO region VALUES(31,'210311','千山区','千山','county',27,31);
INSERT INTO region VALUES(32,'210321','台安县','台安','county',27,32);
INSERT INTO region VALUES(33,'210323','岫岩满族自治县','岫岩','county',27,33);
INSERT INTO region VALUES(34,'210381','海城市','海城','county',27,34);
INSERT INTO region VALUES(35,'210400','抚顺市','抚顺','city',1,35);
INSERT INTO region VALUES(36,'210402','新抚区','新抚','county',35,36);
INSERT INTO region VALUES(37,'210403','东洲区','东洲','county',35,37);
INSERT INTO region VALUES(38,'210404','望花区','望花','county',35,38);
INSERT INTO region VALUES(39,'210411','顺城区','顺城','county',35,39);
INSERT INTO region VALUES(40,'210421','抚顺县','抚顺县','county',35,40);
INSERT INTO region VALUES(41,'210422','新宾满族自治县','新宾','county',35,41);
INSERT INTO region VALUES(42,'210423','清原满族自治县','清原','county',35,42);
INSERT INTO region VALUES(43,'210500','本溪市','本溪','city',1,43);
INSERT INTO region VALUES(44,'210502','平山区','平山','county',43,44);
INSERT INTO region VALUES(45,'210503','溪湖区','溪湖','county',43,45);
INSERT INTO region VALUES(46,'210504','明山区','明山','county',43,46);
INSERT INTO region VALUES(47,'210505','南芬区','南芬','county',43,47);
INSERT INTO region VALUES(48,'210521','本溪满族自治县','本溪县','county',43,48);
INSERT INTO region VALUES(49,'210522','桓仁满族自治县','桓仁','county',43,49);
INSERT INTO region VALUES(50,'210600','丹东市','丹东','city',1,50);
INSERT INTO region VALUES(51,'210602','元宝区','元宝','county',50,51);
INSERT INTO region VALUES(52,'210603','振兴区','振兴','county',50,52);
INSERT INTO region VALUES(53,'210604','振安区','振安','county',50,53);
INSERT INTO region VALUES(54,'210624','宽甸满族自治县','宽甸','county',50,54);
INSERT INTO region VALUES(55,'210681','东港市','东港','county',50,55);
INSERT INTO region VALUES(56,'210682','凤城市','凤城','county',50,56);
INSERT INTO region VALUES(57,'210700','锦州市','锦州','city',1,57);
INSERT INTO region VALUES(58,'210702','古塔区','古塔','county',57,58);
INSERT INTO region VALUES(59,'210703','凌河区','凌河','county',57,59);
INSERT INTO region VALUES(60,'210711','太和区','太和','county',57,60);
INSERT INTO region VALUES(61,'210726','黑山县','黑山','county',57,61);
INSERT INTO region VALUES(62,'210727','义县','义县','county',57,62);
INSERT INTO region VALUES(63,'210781','凌海市','凌海','county',57,63);
INSERT INTO region VALUES(64,'210782','北镇市','北镇','county',57,64);
INSERT INTO region VALUES(65,'210800','营口市','营口','city',1,65);
INSERT INTO region VALUES(66,'210802','站前区','站前','county',65,66);
INSERT INTO region VALUES(67,'210803','西市区','西市区','county',65,67);
INSERT INTO region VALUES(68,'210804','鲅鱼圈区','鲅鱼圈','county',65,68);
INSERT INTO region VALUES(69,'210811','老边区','老边','county',65,69);
INSERT INTO region VALUES(70,'210881','盖州市','盖州','county',65,70);
INSERT INTO region VALUES(71,'210882','大石桥市','大石桥','county',65,71);
INSERT INTO region VALUES(72,'210900','阜新市','阜新','city',1,72);
INSERT INTO region VALUES(73,'210902','海州区','海州','county',72,73);
INSERT INTO region VALUES(74,'210903','新邱区','新邱','county',72,74);
INSERT INTO region VALUES(75,'210904','太平区','太平','county',72,75);
INSERT INTO region VALUES(76,'210905','清河门区','清河门','county',72,76);
INSERT INTO region VALUES(77,'210911','细河区','细河','county',72,77);
INSERT INTO region VALUES(78,'210921','阜新蒙古族自治县','阜蒙','county',72,78);
INSERT INTO region VALUES(79,'210922','彰武县','彰武','county',72,79);
INSERT INTO region VALUES(80,'211000','辽阳市','辽阳','city',1,80);
INSERT INTO region VALUES(81,'211002','白塔区','白塔','county',80,81);
INSERT INTO region VALUES(82,'211003','文圣区','文圣','county',80,82);
INSERT INTO region VALUES(83,'211004','宏伟区','宏伟','county',80,83);
INSERT INTO region VALUES(84,'211005','弓长岭区','弓长岭','county',80,84);
INSERT INTO region VALUES(85,'211011','太子河区','太子河','county',80,85);
INSERT INTO region VALUES(86,'211021','辽阳县','辽阳县','county',80,86);
INSERT INTO region VALUES(87,'211081','灯塔市','灯塔','county',80,87);
INSERT INTO region VALUES(88,'211100','盘锦市','盘锦','city',1,88);
INSERT INTO region VALUES(89,'211102','双台子区','双台子','county',88,89);
INSERT INTO region VALUES(90,'211103','兴隆台区','兴隆台','county',88,90);
INSERT INTO region VALUES(91,'211104','大洼区','大洼','county',88,91);
INSERT INTO region VALUES(92,'211122','盘山县','盘山','county',88,92);
INSERT INTO region VALUES(93,'211200','铁岭市','铁岭','city',1,93);
INSERT INTO region VALUES(94,'211202','银州区','银州','county',93,94);
INSERT INTO region VALUES(95,'211204','清河区','清河','county',93,95);
INSERT INTO region VALUES(96,'211221','铁岭县','铁岭县','county',93,96);
INSERT INTO region VALUES(97,'211223','西丰县','西丰','county',93,97);
INSERT INTO region VALUES(98,'211224','昌图县','昌图','county',93,98);
INSERT INTO region VALUES(99,'211281','调兵山市','调兵山','county',93,99);
INSERT INTO region VALUES(100,'211282','开原市','开原','county',93,100);
INSERT INTO region VALUES(101,'211300','朝阳市','朝阳','city',1,101);
INSERT INTO region VALUES(102,'211302','双塔区','双塔','county',101,102);
INSERT INTO region VALUES(103,'211303','龙城区','龙城','county',101,103);
INSERT INTO region VALUES(104,'211321','朝阳县','朝阳县','county',101,104);
INSERT INTO region VALUES(105,'211322','建平县','建平','county',101,105);
INSERT INTO region VALUES(106,'211324','喀喇沁左翼蒙古族自治县','喀左','county',101,106);
INSERT INTO region VALUES(107,'211381','北票市','北票','county',101,107);
INSERT INTO region VALUES(108,'211382','凌源市','凌源','county',101,108);
INSERT INTO region VALUES(109,'211400','葫芦岛市','葫芦岛','city',1,109);
INSERT INTO region VALUES(110,'211402','连山区','连山','county',109,110);
INSERT INTO region VALUES(111,'211403','龙港区','龙港','county',109,111);
INSERT INTO region VALUES(112,'211404','南票区','南票','county',109,112);
INSERT INTO region VALUES(113,'211421','绥中县','绥中','county',109,113);
INSERT INTO region VALUES(114,'211422','建昌县','建昌','county',109,114);
INSERT INTO region VALUES(115,'211481','兴城市','兴城','county',109,115);
INSERT INTO region VALUES(116,'shenfu','沈抚示范区','沈抚','city',1,116);
INSERT INTO region VALUES(117,'210421-01','石文镇','石文','township',40,117);
INSERT INTO region VALUES(118,'210421-02','后安镇','后安','township',40,118);
INSERT INTO region VALUES(119,'210421-03','救兵镇','救兵','township',40,119);
INSERT INTO region VALUES(120,'210421-04','上马镇','上马','township',40,120);
INSERT INTO region VALUES(121,'210421-05','马圈子乡','马圈子','township',40,121);
INSERT INTO region VALUES(122,'210421-06','峡河乡','峡河','township',40,122);
INSERT INTO region VALUES(123,'210421-07','海浪乡','海浪','township',40,123);
INSERT INTO region VALUES(124,'210421-08','汤图满族乡','汤图','township',40,124);
INSERT INTO region VALUES(125,'210422-01','永陵镇','永陵','township',41,125);
INSERT INTO region VALUES(126,'210422-02','南杂木镇','南杂木','township',41,126);
CREATE TABLE department (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL CHECK (name <> ''),       -- 省生态环境厅
    short     TEXT NOT NULL CHECK (short <> ''),      -- 生态环境厅
    region_id INTEGER NOT NULL REFERENCES region (id),
    position  INTEGER NOT NULL DEFAULT 0,
    UNIQUE (name, region_id)
) STRICT;
INSERT INTO department VALUES(1,'省生态环境厅','生态环境厅',1,1);
INSERT INTO department VALUES(2,'省发展改革委','发展改革委',1,2);
INSERT INTO department VALUES(3,'省自然资源厅','自然资源厅',1,3);
INSERT INTO department VALUES(4,'省住房城乡建设厅','住建厅',1,4);
INSERT INTO department VALUES(5,'省水利厅','水利厅',1,5);
INSERT INTO department VALUES(6,'省工业和信息化厅','工信厅',1,6);
INSERT INTO department VALUES(7,'省农业农村厅','农业农村厅',1,7);
INSERT INTO department VALUES(8,'省林草局','林草局',1,8);
INSERT INTO department VALUES(9,'省交通运输厅','交通运输厅',1,9);
INSERT INTO department VALUES(10,'省应急厅','应急厅',1,10);
INSERT INTO department VALUES(11,'省文化和旅游厅','文旅厅',1,11);
INSERT INTO department VALUES(12,'省卫生健康委','卫生健康委',1,12);
INSERT INTO department VALUES(13,'省科技厅','科技厅',1,13);
INSERT INTO department VALUES(14,'省商务厅','商务厅',1,14);
INSERT INTO department VALUES(15,'省市场监管局','市场监管局',1,15);
INSERT INTO department VALUES(16,'省公安厅','公安厅',1,16);
INSERT INTO department VALUES(17,'省气象局','气象局',1,17);
INSERT INTO department VALUES(18,'省财政厅','财政厅',1,18);
INSERT INTO department VALUES(19,'省民政厅','民政厅',1,19);
INSERT INTO department VALUES(20,'省司法厅','司法厅',1,20);
INSERT INTO department VALUES(21,'省审计厅','审计厅',1,21);
INSERT INTO department VALUES(22,'省教育厅','教育厅',1,22);
INSERT INTO department VALUES(23,'省国资委','国资委',1,23);
INSERT INTO department VALUES(24,'省广电局','广电局',1,24);
INSERT INTO department VALUES(25,'省数据局','数据局',1,25);
INSERT INTO department VALUES(26,'省机关事务局','机关事务局',1,26);
INSERT INTO department VALUES(27,'省邮政管理局','邮政管理局',1,27);
INSERT INTO department VALUES(28,'省军民融合办','军民融合办',1,28);
INSERT INTO department VALUES(29,'省地方矿山安全监督管理局','矿山安监局',1,29);
INSERT INTO department VALUES(30,'省地方金融监管局','地方金融局',1,30);
INSERT INTO department VALUES(31,'省委宣传部','宣传部',1,31);
INSERT INTO department VALUES(32,'省委组织部','组织部',1,32);
INSERT INTO department VALUES(33,'省纪委监委机关','纪委监委',1,33);
INSERT INTO department VALUES(34,'省总工会','总工会',1,34);
INSERT INTO department VALUES(35,'团省委','团省委',1,35);
INSERT INTO department VALUES(36,'省妇联','省妇联',1,36);
INSERT INTO department VALUES(37,'辽宁海事局','辽宁海事局',1,37);
INSERT INTO department VALUES(38,'沈阳海关','沈阳海关',1,38);
INSERT INTO department VALUES(39,'大连海关','大连海关',1,39);
INSERT INTO department VALUES(40,'沈阳铁路监管局','铁路监管局',1,40);
INSERT INTO department VALUES(41,'中国人民银行辽宁省分行','人行辽宁分行',1,41);
INSERT INTO department VALUES(42,'国家金融监管总局辽宁监管局','金融监管局',1,42);
INSERT INTO department VALUES(43,'省生态环境保护督察和整改工作领导小组办公室','省督改办',1,43);
INSERT INTO department VALUES(44,'沈阳市生态环境局','沈阳生态环境局',2,44);
INSERT INTO department VALUES(45,'大连市生态环境局','大连生态环境局',16,45);
INSERT INTO department VALUES(46,'鞍山市生态环境局','鞍山生态环境局',27,46);
INSERT INTO department VALUES(47,'抚顺市生态环境局','抚顺生态环境局',35,47);
INSERT INTO department VALUES(48,'本溪市生态环境局','本溪生态环境局',43,48);
INSERT INTO department VALUES(49,'丹东市生态环境局','丹东生态环境局',50,49);
INSERT INTO department VALUES(50,'锦州市生态环境局','锦州生态环境局',57,50);
INSERT INTO department VALUES(51,'营口市生态环境局','营口生态环境局',65,51);
INSERT INTO department VALUES(52,'阜新市生态环境局','阜新生态环境局',72,52);
INSERT INTO department VALUES(53,'辽阳市生态环境局','辽阳生态环境局',80,53);
INSERT INTO department VALUES(54,'盘锦市生态环境局','盘锦生态环境局',88,54);
INSERT INTO department VALUES(55,'铁岭市生态环境局','铁岭生态环境局',93,55);
INSERT INTO department VALUES(56,'朝阳市生态环境局','朝阳生态环境局',101,56);
INSERT INTO department VALUES(57,'葫芦岛市生态环境局','葫芦岛生态环境局',109,57);
INSERT INTO department VALUES(58,'沈抚示范区生态环境局','沈抚生态环境局',116,58);
INSERT INTO department VALUES(59,'沈阳市水务局','沈阳水务局',2,59);
INSERT INTO department VALUES(60,'沈阳市城乡建设局','沈阳建设局',2,60);
INSERT INTO department VALUES(61,'沈阳市城市管理综合行政执法局','沈阳城管局',2,61);
INSERT INTO department VALUES(62,'大连市水务局','大连水务局',16,62);
INSERT INTO department VALUES(63,'大连市海洋发展局','大连海洋局',16,63);
INSERT INTO department VALUES(64,'大连市住房和城乡建设局','大连住建局',16,64);
INSERT INTO department VALUES(65,'鞍山市自然资源局','鞍山自然资源局',27,65);
INSERT INTO department VALUES(66,'鞍山市工业和信息化局','鞍山工信局',27,66);
INSERT INTO department VALUES(67,'抚顺市水务局','抚顺水务局',35,67);
INSERT INTO department VALUES(68,'抚顺市自然资源局','抚顺自然资源局',35,68);
INSERT INTO department VALUES(69,'本溪市住房和城乡建设局','本溪住建局',43,69);
INSERT INTO department VALUES(70,'丹东市林业和草原局','丹东林草局',50,70);
INSERT INTO department VALUES(71,'丹东市农业农村局','丹东农业农村局',50,71);
INSERT INTO department VALUES(72,'锦州市农业农村局','锦州农业农村局',57,72);
INSERT INTO department VALUES(73,'锦州市自然资源局','锦州自然资源局',57,73);
INSERT INTO department VALUES(74,'营口市住房和城乡建设局','营口住建局',65,74);
INSERT INTO department VALUES(75,'营口市自然资源局','营口自然资源局',65,75);
INSERT INTO department VALUES(76,'阜新市自然资源局','阜新自然资源局',72,76);
INSERT INTO department VALUES(77,'辽阳市工业和信息化局','辽阳工信局',80,77);
INSERT INTO department VALUES(78,'盘锦市自然资源局','盘锦自然资源局',88,78);
INSERT INTO department VALUES(79,'铁岭市农业农村局','铁岭农业农村局',93,79);
INSERT INTO department VALUES(80,'朝阳市林业和草原局','朝阳林草局',101,80);
INSERT INTO department VALUES(81,'葫芦岛市自然资源局','葫芦岛自然资源局',109,81);
INSERT INTO department VALUES(82,'葫芦岛市海洋与渔业局','葫芦岛海渔局',109,82);
INSERT INTO department VALUES(83,'大洼区水利局','大洼水利局',91,83);
INSERT INTO department VALUES(84,'盘山县水利局','盘山水利局',92,84);
INSERT INTO department VALUES(85,'兴隆台区农业农村局','兴隆台农业农村局',90,85);
INSERT INTO department VALUES(86,'新宾满族自治县水务局','新宾水务局',41,86);
INSERT INTO department VALUES(87,'清原满族自治县水务局','清原水务局',42,87);
INSERT INTO department VALUES(88,'喀喇沁左翼蒙古族自治县住房和城乡建设局','喀左住建局',106,88);
INSERT INTO department VALUES(89,'凌源市住房和城乡建设局','凌源住建局',108,89);
INSERT INTO department VALUES(90,'建平县财政局','建平财政局',105,90);
INSERT INTO department VALUES(91,'抚顺市生态环境局抚顺县分局','抚顺县生态分局',40,91);
INSERT INTO department VALUES(92,'抚顺县农业农村局','抚顺县农业农村局',40,92);
INSERT INTO department VALUES(93,'抚顺县水务局','抚顺县水务局',40,93);
INSERT INTO department VALUES(94,'抚顺县住房和城乡建设局','抚顺县住建局',40,94);
INSERT INTO department VALUES(95,'抚顺县自然资源局','抚顺县自然资源局',40,95);
INSERT INTO department VALUES(96,'抚顺县林业和草原局','抚顺县林草局',40,96);
INSERT INTO department VALUES(97,'抚顺县交通运输局','抚顺县交通局',40,97);
INSERT INTO department VALUES(98,'抚顺县发展和改革局','抚顺县发改局',40,98);
INSERT INTO department VALUES(99,'抚顺县生态环境保护督察整改办公室','抚顺县整改办',40,99);
INSERT INTO department VALUES(100,'省人力资源社会保障厅','人社厅',1,0);
INSERT INTO department VALUES(101,'省统计局','统计局',1,0);
INSERT INTO department VALUES(102,'省信访局','信访局',1,0);
CREATE TABLE sponsor (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL CHECK (name <> ''),
    post      TEXT NOT NULL DEFAULT '',
    region_id INTEGER REFERENCES region (id),
    line      TEXT NOT NULL DEFAULT ''                -- a category of task
) STRICT;
CREATE TABLE person (
    id            INTEGER PRIMARY KEY,
    login         TEXT NOT NULL UNIQUE CHECK (login <> ''),
    name          TEXT NOT NULL CHECK (name <> ''),
    role          TEXT NOT NULL CHECK (role IN ('viewer', 'reporter', 'department', 'officer', 'admin')),
    reach         TEXT NOT NULL DEFAULT '',           -- a filter; '' is everything
    region_id     INTEGER REFERENCES region (id),
    department_id INTEGER REFERENCES department (id),
    phone         TEXT NOT NULL DEFAULT '',
    disabled      INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
    version       INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO person VALUES(1,'lina','李娜','officer','',NULL,NULL,'',0,1);
CREATE TABLE person_key (
    fingerprint TEXT NOT NULL PRIMARY KEY,
    person_id   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    key         TEXT NOT NULL,
    added_at    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE duty (
    id        INTEGER PRIMARY KEY,
    starts_at TEXT NOT NULL,                          -- moment, UTC
    ends_at   TEXT NOT NULL CHECK (ends_at > starts_at),
    name      TEXT NOT NULL CHECK (name <> ''),
    phone     TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE event (
    seq     INTEGER PRIMARY KEY,
    at      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    actor   TEXT NOT NULL DEFAULT '',                 -- the person's name; '' is outside duban
    origin  TEXT NOT NULL DEFAULT '',                 -- SSH client address, terminal
    task_id INTEGER,
    action  TEXT NOT NULL CHECK (action <> ''),
    note    TEXT NOT NULL DEFAULT '',
    hash    TEXT                                      -- of this line and the one before; NULL outside duban
) STRICT;
INSERT INTO event VALUES(1,'2026-11-22T12:00:00.000Z','duban','',NULL,'sample','G-0001 .. G-0024','d797d1cf22b1dd0a14e66131966e9b88d97ff3f78e121c8cbbe81f99e487efca');
INSERT INTO event VALUES(2,'2026-11-22T20:24:52.535Z','李娜','lina',9,'edit','','87f51fb8fbfc2492dfc900efa447f52fe5fb420353d5b02ec0762642acbd1b0f');
INSERT INTO event VALUES(3,'2026-11-22T20:24:52.593Z','李娜','lina',9,'report','','7e6a2e040f0a0b5a67bc62d1b53f26945a15eb3e7b72f35339085c115efe4c60');
INSERT INTO event VALUES(4,'2026-11-22T20:24:52.728Z','李娜','lina',10,'edit','','a11f87f12f0881e6ea420cfd89571ef404cbc6e513b746134dd7c1d43aacb87e');
INSERT INTO event VALUES(5,'2026-11-22T20:25:12.130Z','','',3,'outside','',NULL);
CREATE TABLE event_change (
    seq    INTEGER NOT NULL REFERENCES event (seq),
    field  TEXT NOT NULL,
    before TEXT NOT NULL,
    after  TEXT NOT NULL,
    PRIMARY KEY (seq, field)
) STRICT, WITHOUT ROWID;
INSERT INTO event_change VALUES(2,'measure.1','','全面整治排污口');
INSERT INTO event_change VALUES(2,'officer','','赵刚');
INSERT INTO event_change VALUES(2,'target.1','','2026年底前管网达到12公里');
INSERT INTO event_change VALUES(3,'percent','75','50');
INSERT INTO event_change VALUES(3,'period.1','','2026-11-16');
INSERT INTO event_change VALUES(3,'period_end.1','','2026-11-22');
INSERT INTO event_change VALUES(3,'report.1','','进展顺利');
INSERT INTO event_change VALUES(3,'report_percent.1','','50');
INSERT INTO event_change VALUES(3,'reported_at.1','','2026-11-22T20:24:52.593Z');
INSERT INTO event_change VALUES(3,'reported_on','2026-11-09','2026-11-16');
INSERT INTO event_change VALUES(3,'reporter.1','','李娜');
INSERT INTO event_change VALUES(4,'officer','','王');
INSERT INTO event_change VALUES(5,'goal','2027年2月底前完成整治','整改到位后长期坚持');
CREATE TABLE task (
    id             INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice: the history names it
    source_id      INTEGER NOT NULL REFERENCES source (id),
    number         TEXT NOT NULL CHECK (number <> ''),
    part           INTEGER NOT NULL DEFAULT 0 CHECK (part >= 0), -- 分解: 0 the task itself, 1.. its breakdown
    parent_id      INTEGER REFERENCES task (id),
    position       INTEGER NOT NULL DEFAULT 0,        -- its place in the source's list
    title          TEXT NOT NULL CHECK (title <> ''),
    problem        TEXT NOT NULL DEFAULT '',          -- 反馈问题
    goal           TEXT NOT NULL DEFAULT '',          -- 整改目标
    category       TEXT NOT NULL DEFAULT '',
    state          TEXT NOT NULL DEFAULT 'not_started'
                   CHECK (state = 'not_started' OR state = 'in_progress' OR state = 'submitted'
                          OR state = 'in_review' OR state = 'publicised' OR state = 'closed'),
    returned       INTEGER NOT NULL DEFAULT 0 CHECK (returned IN (0, 1)),     -- 退回: sent back, not yet resubmitted
    listed         INTEGER NOT NULL DEFAULT 0 CHECK (listed IN (0, 1)),       -- 挂牌督办
    progress       TEXT NOT NULL DEFAULT 'not_started'
                   CHECK (progress = 'not_started' OR progress = 'behind' OR progress = 'on_schedule'
                          OR progress = 'ahead' OR progress = 'basically_done' OR progress = 'done'),
    percent        INTEGER NOT NULL DEFAULT 0 CHECK (percent BETWEEN 0 AND 100),
    deadline       TEXT CHECK (deadline IS date(deadline, '+0 days')),
    deadline_kind  TEXT NOT NULL DEFAULT 'date'
                   CHECK (deadline_kind = 'date' OR deadline_kind = 'immediate'
                          OR deadline_kind = 'ongoing' OR deadline_kind = 'date_ongoing'),
    deadline_raw   TEXT NOT NULL DEFAULT '',          -- the words of the document
    assigned_on    TEXT CHECK (assigned_on IS date(assigned_on, '+0 days')),
    lead_id        INTEGER REFERENCES department (id),
    supervisor_id  INTEGER REFERENCES department (id),
    region_id      INTEGER NOT NULL REFERENCES region (id), -- the first of its regions
    sponsor_id     INTEGER REFERENCES sponsor (id),
    officer        TEXT NOT NULL DEFAULT '',          -- 责任人, usually a post
    phone          TEXT NOT NULL DEFAULT '',
    reported_on    TEXT NOT NULL DEFAULT ''           -- start of the last period reported; '' never
                   CHECK (reported_on = '' OR reported_on IS date(reported_on, '+0 days')),
    done_on        TEXT CHECK (done_on IS date(done_on, '+0 days')),           -- when the work was done
    submitted_on   TEXT CHECK (submitted_on IS date(submitted_on, '+0 days')),
    closed_on      TEXT CHECK (closed_on IS date(closed_on, '+0 days')),
    close_document TEXT NOT NULL DEFAULT '',
    created_at     TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at     TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_by     TEXT NOT NULL DEFAULT '',
    version        INTEGER NOT NULL DEFAULT 0,
    -- derived by the engine, never written
    is_open        INTEGER NOT NULL GENERATED ALWAYS AS (state <> 'closed') STORED,
    -- the day it is due: immediate tasks are flagged after 30 days, ongoing ones never
    due_on         TEXT NOT NULL GENERATED ALWAYS AS (coalesce(CASE deadline_kind
                       WHEN 'ongoing' THEN NULL
                       WHEN 'immediate' THEN date(coalesce(deadline, assigned_on), '+30 days')
                       ELSE deadline END, '9999-12-31')) STORED,
    UNIQUE (source_id, number, part),
    CHECK ((part = 0) = (parent_id IS NULL))
) STRICT;
INSERT INTO task VALUES(1,1,'0001',0,NULL,1,'振兴挥发性有机物治理超标排放','','2024年11月底前完成整治','大气','closed',0,0,'done',100,'2024-11-30','date','2024年11月底前','2024-03-21',2,1,52,NULL,'','','2024-10-21','2024-10-28','2024-11-06','2024-12-06','辽环督销〔2024〕562号','2026-11-22T20:24:31.185Z','2024-12-06T01:07:03.000Z','duban',1);
INSERT INTO task VALUES(2,1,'0002',0,NULL,2,'甘井子大辽河流域菱镁矿开采群众反映强烈','','整改到位','矿山','closed',0,0,'done',100,'2026-10-31','date','2026年10月底前','2026-05-27',5,1,20,NULL,'','','2026-08-03','2026-08-15','2026-08-17','2026-09-16','辽环督销〔2026〕613号','2026-11-22T20:24:31.185Z','2026-09-16T08:20:59.000Z','duban',2);
INSERT INTO task VALUES(3,1,'0003',0,NULL,3,'本溪县经济开发区雨污管网整治不到位','','整改到位后长期坚持','城镇环境基础设施','closed',0,0,'done',100,'2027-02-28','date','2027年2月底前','2025-09-15',35,1,48,NULL,'','','2026-08-03','2026-08-02','2026-08-17','2026-09-16','辽环督销〔2026〕875号','2026-11-22T20:24:31.185Z','2026-11-22T20:25:12.130Z','',2);
INSERT INTO task VALUES(4,1,'0004',0,NULL,4,'铁西高新技术产业园区入河排污口未按期完成','','2024年11月底前完成整治','水','closed',0,0,'done',100,'2024-11-30','date','2024年11月底前','2024-03-08',100,1,29,NULL,'','','2024-10-14','2024-10-10','2024-10-26','2024-11-25','辽环督销〔2024〕22号','2026-11-22T20:24:31.185Z','2024-11-25T06:27:19.000Z','duban',1);
INSERT INTO task VALUES(5,1,'0005',0,NULL,5,'元宝部分乡镇镁砂窑炉超标排放','','2026年4月底前完成整治','大气','closed',0,0,'done',100,'2026-04-30','date','2026年4月底前','2025-06-11',2,1,51,NULL,'','','2026-02-23','2026-03-07','2026-03-07','2026-04-06','辽环督销〔2026〕695号','2026-11-22T20:24:31.185Z','2026-04-06T07:37:32.000Z','duban',1);
INSERT INTO task VALUES(6,1,'0006',0,NULL,6,'元宝大辽河流域城镇污水处理厂群众反映强烈','','2027年2月底前完成整治','水','closed',0,0,'done',100,'2027-02-28','date','2027年2月底前','2026-02-20',3,1,51,NULL,'','','2026-08-03','2026-08-03','2026-08-18','2026-09-17','辽环督销〔2026〕298号','2026-11-22T20:24:31.185Z','2026-09-17T04:38:05.000Z','duban',1);
INSERT INTO task VALUES(7,1,'0007',0,NULL,7,'旅顺口燃煤锅炉未按期完成','','2027年2月底前完成整治','大气','closed',0,0,'done',100,'2027-02-28','date','2027年2月底前','2026-01-12',3,1,21,NULL,'','','2026-04-27','2026-04-26','2026-05-08','2026-06-07','辽环督销〔2026〕201号','2026-11-22T20:24:31.185Z','2026-06-07T06:12:04.000Z','duban',1);
INSERT INTO task VALUES(8,1,'0008',0,NULL,8,'立山浑河沿岸黑臭水体运行不正常','','2027年1月底前完成整治','水','closed',0,0,'done',100,'2027-01-31','date','2027年1月底前','2026-06-04',1,1,30,NULL,'','','2026-05-18','2026-05-16','2026-05-30','2026-06-29','辽环督销〔2026〕839号','2026-11-22T20:24:31.185Z','2026-06-29T02:47:20.000Z','duban',1);
INSERT INTO task VALUES(9,1,'0009',0,NULL,9,'白塔水土流失建设滞后','','2027年6月底前完成整治','生态安全','in_progress',0,0,'on_schedule',50,'2027-06-30','date','2027年6月底前','2026-11-04',1,1,81,NULL,'赵刚','','2026-11-16',NULL,NULL,NULL,'','2026-11-22T20:24:31.185Z','2026-11-22T20:24:52.593Z','李娜',4);
INSERT INTO task VALUES(10,1,'0010',0,NULL,10,'浑南蒲河沿岸畜禽养殖粪污清理不彻底','','2025年8月底前完成整治','农业农村','closed',0,0,'done',100,'2025-08-31','date','2025年8月底前','2024-07-20',1,1,9,NULL,'王','','2025-08-04','2025-08-19','2025-08-19','2025-09-18','辽环督销〔2025〕17号','2026-11-22T20:24:31.185Z','2026-11-22T20:24:52.728Z','李娜',2);
INSERT INTO task VALUES(11,1,'0011',0,NULL,11,'西市区大凌河流域雨污管网直排环境','','2026年5月底前完成整治','城镇环境基础设施','closed',0,0,'done',100,'2026-05-31','date','2026年5月底前','2025-08-05',5,1,67,NULL,'','','2026-05-11','2026-05-05','2026-05-22','2026-06-21','辽环督销〔2026〕740号','2026-11-22T20:24:31.185Z','2026-06-21T03:50:42.000Z','duban',1);
INSERT INTO task VALUES(12,1,'0012',0,NULL,12,'新抚城区污泥处置设施监管缺失','','2027年3月底前完成整治','城镇环境基础设施','not_started',0,0,'not_started',0,'2027-03-31','date','2027年3月底前','2026-09-17',5,1,36,NULL,'','','2026-11-09',NULL,NULL,NULL,'','2026-11-22T20:24:31.185Z','2026-10-18T03:16:52.000Z','duban',1);
INSERT INTO task VALUES(13,1,'0013',0,NULL,13,'振兴太子河流域畜禽养殖粪污手续不全','','2024年7月底前完成整治','农业农村','closed',0,0,'done',100,'2024-07-31','date','2024年7月底前','2023-03-20',1,1,52,NULL,'','','2024-06-10','2024-06-07','2024-06-25','2024-07-25','辽环督销〔2024〕715号','2026-11-22T20:24:31.185Z','2024-07-25T06:51:34.000Z','duban',1);
INSERT INTO task VALUES(14,1,'0014',0,NULL,14,'金州大辽河流域矿山生态修复整治不到位','','2026年12月底前完成整治','矿山','closed',0,0,'done',100,'2026-12-31','date','2026年12月底前','2025-10-12',33,1,22,NULL,'','','2026-09-21','2026-10-06','2026-10-07','2026-11-06','辽环督销〔2026〕570号','2026-11-22T20:24:31.185Z','2026-11-06T05:16:20.000Z','duban',1);
INSERT INTO task VALUES(15,1,'0015',0,NULL,15,'站前城乡结合部噪声扰民建设滞后','','2026年6月底前完成整治','全民行动','closed',0,0,'done',100,'2026-06-30','date','2026年6月底前','2025-02-20',1,1,66,NULL,'','','2026-03-23','2026-04-06','2026-04-07','2026-05-07','辽环督销〔2026〕288号','2026-11-22T20:24:31.185Z','2026-05-07T06:06:55.000Z','duban',1);
INSERT INTO task VALUES(16,1,'0016',0,NULL,16,'普兰店城镇污水处理厂建设滞后','','2024年12月底前完成整治','水','closed',0,0,'done',100,'2024-12-31','date','2024年12月底前','2024-02-29',4,1,23,NULL,'','','2024-10-28','2024-10-31','2024-11-09','2024-12-09','辽环督销〔2024〕563号','2026-11-22T20:24:31.185Z','2024-12-09T00:47:17.000Z','duban',1);
INSERT INTO task VALUES(17,1,'0017',0,NULL,17,'平山雨污管网直排环境','','2025年10月底前完成整治','城镇环境基础设施','closed',0,0,'done',100,'2025-10-31','date_ongoing','2025年10月底前并长期坚持','2025-02-04',5,1,44,NULL,'','','2025-08-04','2025-08-12','2025-08-15','2025-09-14','辽环督销〔2025〕503号','2026-11-22T20:24:31.195Z','2025-09-14T05:54:45.000Z','duban',1);
INSERT INTO task VALUES(18,1,'0018',0,NULL,18,'辽宁清河流域污泥处置设施群众反映强烈','','2027年3月底前完成整治','城镇环境基础设施','closed',0,0,'done',100,'2027-03-31','date','2027年3月底前','2025-12-29',7,1,1,NULL,'','','2026-06-22','2026-07-05','2026-07-07','2026-08-06','辽环督销〔2026〕280号','2026-11-22T20:24:31.195Z','2026-08-06T05:12:02.000Z','duban',1);
INSERT INTO task VALUES(19,1,'0019',0,NULL,19,'绥中湿地保护区直排环境','','2025年11月底前完成整治','自然保护地','closed',0,0,'done',100,'2025-11-30','date','2025年11月底前','2025-06-23',1,1,113,NULL,'','','2025-09-15','2025-09-22','2025-09-27','2025-10-27','辽环督销〔2025〕492号','2026-11-22T20:24:31.195Z','2025-10-27T04:00:31.000Z','duban',1);
INSERT INTO task VALUES(20,1,'0020',0,NULL,20,'东洲复州河流域海岸带超标排放','','2026年11月底前完成整治','海洋','closed',0,0,'done',100,'2026-11-30','date','2026年11月底前','2026-03-18',1,1,37,NULL,'','','2026-09-14','2026-09-22','2026-09-25','2026-10-25','辽环督销〔2026〕172号','2026-11-22T20:24:31.195Z','2026-10-25T02:04:22.000Z','duban',1);
INSERT INTO task VALUES(21,1,'0021',0,NULL,21,'大东城区围填海项目监管缺失','','2025年10月底前完成整治','海洋','closed',0,0,'done',100,'2025-10-31','date','2025年10月底前','2024-08-02',4,1,5,NULL,'','','2025-08-25','2025-08-31','2025-09-05','2025-10-05','辽环督销〔2025〕32号','2026-11-22T20:24:31.195Z','2025-10-05T01:23:55.000Z','duban',1);
INSERT INTO task VALUES(22,1,'0022',0,NULL,22,'甘井子近岸海水养殖运行不正常','','整治到位，防止反弹','海洋','not_started',0,0,'not_started',0,NULL,'ongoing','长期坚持','2025-07-12',8,1,20,NULL,'','','2026-11-09',NULL,NULL,NULL,'','2026-11-22T20:24:31.195Z','2026-10-03T05:59:57.000Z','duban',1);
INSERT INTO task VALUES(23,1,'0023',0,NULL,23,'朝阳县矿山生态修复未按期完成','','2024年9月底前完成整治','矿山','closed',0,0,'done',100,'2024-09-30','date','2024年9月底前','2024-01-26',3,1,104,NULL,'','','2024-07-01','2024-07-14','2024-07-14','2024-08-13','辽环督销〔2024〕607号','2026-11-22T20:24:31.195Z','2024-08-13T07:40:01.000Z','duban',1);
INSERT INTO task VALUES(24,1,'0024',0,NULL,24,'朝阳县自然保护区核心区未按期完成','','2026年12月底前完成整治','自然保护地','closed',0,0,'done',100,'2026-12-31','date','2026年12月底前','2025-11-16',21,1,104,NULL,'','','2026-07-13','2026-07-24','2026-07-29','2026-08-28','辽环督销〔2026〕800号','2026-11-22T20:24:31.195Z','2026-08-28T09:00:27.000Z','duban',1);
CREATE TABLE task_region (
    region_id INTEGER NOT NULL REFERENCES region (id),
    task_id   INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL DEFAULT 0,
    event_seq INTEGER,
    PRIMARY KEY (region_id, task_id)
) STRICT, WITHOUT ROWID;
INSERT INTO task_region VALUES(1,18,0,0);
INSERT INTO task_region VALUES(5,21,0,0);
INSERT INTO task_region VALUES(9,10,0,0);
INSERT INTO task_region VALUES(20,2,0,0);
INSERT INTO task_region VALUES(20,22,0,0);
INSERT INTO task_region VALUES(21,7,0,0);
INSERT INTO task_region VALUES(21,22,1,0);
INSERT INTO task_region VALUES(22,14,0,0);
INSERT INTO task_region VALUES(23,16,0,0);
INSERT INTO task_region VALUES(29,4,0,0);
INSERT INTO task_region VALUES(30,8,0,0);
INSERT INTO task_region VALUES(36,12,0,0);
INSERT INTO task_region VALUES(37,20,0,0);
INSERT INTO task_region VALUES(44,17,0,0);
INSERT INTO task_region VALUES(48,3,0,0);
INSERT INTO task_region VALUES(51,5,0,0);
INSERT INTO task_region VALUES(51,6,0,0);
INSERT INTO task_region VALUES(52,1,0,0);
INSERT INTO task_region VALUES(52,13,0,0);
INSERT INTO task_region VALUES(65,24,1,0);
INSERT INTO task_region VALUES(66,15,0,0);
INSERT INTO task_region VALUES(67,11,0,0);
INSERT INTO task_region VALUES(81,9,0,0);
INSERT INTO task_region VALUES(104,23,0,0);
INSERT INTO task_region VALUES(104,24,0,0);
INSERT INTO task_region VALUES(113,19,0,0);
CREATE TABLE task_department (
    department_id INTEGER NOT NULL REFERENCES department (id),
    task_id       INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    role          TEXT NOT NULL CHECK (role IN ('lead', 'responsible', 'cooperating')),
    position      INTEGER NOT NULL DEFAULT 0,
    event_seq     INTEGER,
    PRIMARY KEY (department_id, task_id, role)
) STRICT, WITHOUT ROWID;
CREATE TABLE measure (
    id        INTEGER PRIMARY KEY,
    task_id   INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    text      TEXT NOT NULL CHECK (text <> ''),
    due_on    TEXT CHECK (due_on IS date(due_on, '+0 days')),
    done_on   TEXT CHECK (done_on IS date(done_on, '+0 days')),
    waived    TEXT NOT NULL DEFAULT '',               -- why it need not be done
    event_seq INTEGER,
    UNIQUE (task_id, position)
) STRICT;
INSERT INTO measure VALUES(1,9,1,'全面整治排污口',NULL,NULL,'',2);
CREATE TABLE report (
    id            INTEGER PRIMARY KEY,
    task_id       INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    period_start  TEXT NOT NULL CHECK (period_start IS date(period_start, '+0 days')),
    period_end    TEXT NOT NULL CHECK (period_end IS date(period_end, '+0 days') AND period_end >= period_start),
    region_id     INTEGER REFERENCES region (id),
    department_id INTEGER REFERENCES department (id),
    text          TEXT NOT NULL DEFAULT '',
    problems      TEXT NOT NULL DEFAULT '',           -- 存在问题
    next_step     TEXT NOT NULL DEFAULT '',           -- 下一步打算
    percent       INTEGER CHECK (percent BETWEEN 0 AND 100),
    progress      TEXT CHECK (progress IN ('not_started', 'behind', 'on_schedule', 'ahead', 'basically_done', 'done')),
    reporter      TEXT NOT NULL DEFAULT '',
    reported_at   TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    event_seq     INTEGER
) STRICT;
INSERT INTO report VALUES(1,9,'2026-11-16','2026-11-22',NULL,NULL,'进展顺利','','',50,NULL,'李娜','2026-11-22T20:24:52.593Z',3);
CREATE TABLE notice (
    id         INTEGER PRIMARY KEY,
    task_id    INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    level      TEXT NOT NULL CHECK (level IN ('reminder', 'letter', 'criticism', 'talk', 'listed')),
    document   TEXT NOT NULL DEFAULT '',
    issuer     TEXT NOT NULL DEFAULT '',
    reason     TEXT NOT NULL DEFAULT '',
    issued_on  TEXT NOT NULL CHECK (issued_on IS date(issued_on, '+0 days')),
    reply_due  TEXT CHECK (reply_due IS date(reply_due, '+0 days')),
    replied_on TEXT CHECK (replied_on IS date(replied_on, '+0 days')),
    reply      TEXT NOT NULL DEFAULT '',
    lifted_on  TEXT CHECK (lifted_on IS date(lifted_on, '+0 days')),
    event_seq  INTEGER
) STRICT;
CREATE TABLE review (
    id            INTEGER PRIMARY KEY,
    task_id       INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    level         TEXT NOT NULL CHECK (level IN ('county', 'city', 'province')),
    result        TEXT NOT NULL CHECK (result IN ('passed', 'returned')),
    conclusion    TEXT NOT NULL DEFAULT '',
    department_id INTEGER REFERENCES department (id),
    reviewer      TEXT NOT NULL DEFAULT '',
    reviewed_on   TEXT NOT NULL CHECK (reviewed_on IS date(reviewed_on, '+0 days')),
    event_seq     INTEGER
) STRICT;
CREATE TABLE publicity (
    id        INTEGER PRIMARY KEY,
    task_id   INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    starts_on TEXT NOT NULL CHECK (starts_on IS date(starts_on, '+0 days')),
    ends_on   TEXT NOT NULL CHECK (ends_on IS date(ends_on, '+0 days') AND ends_on >= starts_on),
    days      INTEGER NOT NULL CHECK (days > 0),
    day_kind  TEXT NOT NULL DEFAULT 'working' CHECK (day_kind IN ('working', 'calendar')),
    medium    TEXT NOT NULL DEFAULT '',
    office    TEXT NOT NULL DEFAULT '',
    phone     TEXT NOT NULL DEFAULT '',
    address   TEXT NOT NULL DEFAULT '',
    email     TEXT NOT NULL DEFAULT '',
    results   TEXT NOT NULL DEFAULT '',               -- 整改主要工作及成效
    event_seq INTEGER
) STRICT;
CREATE TABLE objection (
    id           INTEGER PRIMARY KEY,
    publicity_id INTEGER NOT NULL REFERENCES publicity (id) ON DELETE CASCADE,
    task_id      INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    raised_on    TEXT NOT NULL CHECK (raised_on IS date(raised_on, '+0 days')),
    channel      TEXT NOT NULL DEFAULT '',            -- letter, telephone, visit
    raiser       TEXT NOT NULL DEFAULT '',
    text         TEXT NOT NULL CHECK (text <> ''),
    settled_on   TEXT CHECK (settled_on IS date(settled_on, '+0 days')),
    settlement   TEXT NOT NULL DEFAULT '',
    upheld       INTEGER CHECK (upheld IN (0, 1)),
    event_seq    INTEGER
) STRICT;
CREATE TABLE extension (
    id           INTEGER PRIMARY KEY,
    task_id      INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    old_deadline TEXT CHECK (old_deadline IS date(old_deadline, '+0 days')),
    new_deadline TEXT NOT NULL CHECK (new_deadline IS date(new_deadline, '+0 days')),
    reason       TEXT NOT NULL CHECK (reason <> ''),
    asked_on     TEXT NOT NULL CHECK (asked_on IS date(asked_on, '+0 days')),
    asked_by     TEXT NOT NULL DEFAULT '',
    decided_on   TEXT CHECK (decided_on IS date(decided_on, '+0 days')),
    decided_by   TEXT NOT NULL DEFAULT '',
    approved     INTEGER CHECK (approved IN (0, 1)),
    comment      TEXT NOT NULL DEFAULT '',
    event_seq    INTEGER
) STRICT;
CREATE TABLE draft (
    id         INTEGER PRIMARY KEY,
    person     TEXT NOT NULL,
    context    TEXT NOT NULL,                         -- which form or text
    task_id    INTEGER REFERENCES task (id) ON DELETE CASCADE,
    version    INTEGER NOT NULL DEFAULT 0,            -- of the task it was begun from
    body       TEXT NOT NULL,                         -- JSON
    updated_at TEXT NOT NULL,
    UNIQUE (person, context, task_id)
) STRICT;
CREATE TABLE reminder (
    task_id   INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    rung      TEXT NOT NULL,
    due_on    TEXT NOT NULL,
    handed_at TEXT NOT NULL,
    PRIMARY KEY (task_id, rung, due_on)
) STRICT, WITHOUT ROWID;
CREATE TABLE seen (
    person TEXT NOT NULL PRIMARY KEY,
    seq    INTEGER NOT NULL,
    at     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE handover_note (
    id        INTEGER PRIMARY KEY,
    at        TEXT NOT NULL,
    person    TEXT NOT NULL,
    since_seq INTEGER NOT NULL,
    until_seq INTEGER NOT NULL,
    text      TEXT NOT NULL
) STRICT;
CREATE TABLE acknowledgement (
    kind    TEXT NOT NULL CHECK (kind IN ('overdue', 'objection')),
    item_id INTEGER NOT NULL,
    since   TEXT NOT NULL,
    person  TEXT NOT NULL,
    at      TEXT NOT NULL,
    PRIMARY KEY (kind, item_id, since)
) STRICT, WITHOUT ROWID;
CREATE TABLE tally_total (
    state       TEXT NOT NULL,
    source_id   INTEGER NOT NULL,
    returned    INTEGER NOT NULL,
    due_on      TEXT NOT NULL,
    reported_on TEXT NOT NULL,
    n           INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (state, source_id, returned, due_on, reported_on)
) STRICT, WITHOUT ROWID;
INSERT INTO tally_total VALUES('closed',1,0,'','',21);
INSERT INTO tally_total VALUES('in_progress',1,0,'2027-06-30','2026-11-16',1);
INSERT INTO tally_total VALUES('not_started',1,0,'2027-03-31','2026-11-09',1);
INSERT INTO tally_total VALUES('not_started',1,0,'9999-12-31','2026-11-09',1);
CREATE TABLE search_stale (
    task_id INTEGER NOT NULL PRIMARY KEY
) STRICT;
INSERT INTO search_stale VALUES(3);
CREATE TABLE task_met (
    task_id INTEGER NOT NULL PRIMARY KEY
) STRICT;
CREATE TABLE region_above (
    region_id INTEGER NOT NULL,
    above_id  INTEGER NOT NULL,
    PRIMARY KEY (region_id, above_id)
) STRICT, WITHOUT ROWID;
INSERT INTO region_above VALUES(1,1);
INSERT INTO region_above VALUES(2,1);
INSERT INTO region_above VALUES(3,1);
INSERT INTO region_above VALUES(4,1);
INSERT INTO region_above VALUES(5,1);
INSERT INTO region_above VALUES(6,1);
INSERT INTO region_above VALUES(7,1);
INSERT INTO region_above VALUES(8,1);
INSERT INTO region_above VALUES(9,1);
INSERT INTO region_above VALUES(10,1);
INSERT INTO region_above VALUES(11,1);
INSERT INTO region_above VALUES(12,1);
INSERT INTO region_above VALUES(13,1);
INSERT INTO region_above VALUES(14,1);
INSERT INTO region_above VALUES(15,1);
INSERT INTO region_above VALUES(16,1);
INSERT INTO region_above VALUES(17,1);
INSERT INTO region_above VALUES(18,1);
INSERT INTO region_above VALUES(19,1);
INSERT INTO region_above VALUES(20,1);
INSERT INTO region_above VALUES(21,1);
INSERT INTO region_above VALUES(22,1);
INSERT INTO region_above VALUES(23,1);
INSERT INTO region_above VALUES(24,1);
INSERT INTO region_above VALUES(25,1);
INSERT INTO region_above VALUES(26,1);
INSERT INTO region_above VALUES(27,1);
INSERT INTO region_above VALUES(28,1);
INSERT INTO region_above VALUES(29,1);
INSERT INTO region_above VALUES(30,1);
INSERT INTO region_above VALUES(31,1);
INSERT INTO region_above VALUES(32,1);
INSERT INTO region_above VALUES(33,1);
INSERT INTO region_above VALUES(34,1);
INSERT INTO region_above VALUES(35,1);
INSERT INTO region_above VALUES(36,1);
INSERT INTO region_above VALUES(37,1);
INSERT INTO region_above VALUES(38,1);
INSERT INTO region_above VALUES(39,1);
INSERT INTO region_above VALUES(40,1);
INSERT INTO region_above VALUES(41,1);
INSERT INTO region_above VALUES(42,1);
INSERT INTO region_above VALUES(43,1);
INSERT INTO region_above VALUES(44,1);
INSERT INTO region_above VALUES(45,1);
INSERT INTO region_above VALUES(46,1);
INSERT INTO region_above VALUES(47,1);
INSERT INTO region_above VALUES(48,1);
INSERT INTO region_above VALUES(49,1);
INSERT INTO region_above VALUES(50,1);
INSERT INTO region_above VALUES(51,1);
INSERT INTO region_above VALUES(52,1);
INSERT INTO region_above VALUES(53,1);
INSERT INTO region_above VALUES(54,1);
INSERT INTO region_above VALUES(55,1);
INSERT INTO region_above VALUES(56,1);
INSERT INTO region_above VALUES(57,1);
INSERT INTO region_above VALUES(58,1);
INSERT INTO region_above VALUES(59,1);
INSERT INTO region_above VALUES(60,1);
INSERT INTO region_above VALUES(61,1);
INSERT INTO region_above VALUES(62,1);
INSERT INTO region_above VALUES(63,1);
INSERT INTO region_above VALUES(64,1);
INSERT INTO region_above VALUES(65,1);
INSERT INTO region_above VALUES(66,1);
INSERT INTO region_above VALUES(67,1);
INSERT INTO region_above VALUES(68,1);
INSERT INTO region_above VALUES(69,1);
INSERT INTO region_above VALUES(70,1);
INSERT INTO region_above VALUES(71,1);
INSERT INTO region_above VALUES(72,1);
INSERT INTO region_above VALUES(73,1);
INSERT INTO region_above VALUES(74,1);
INSERT INTO region_above VALUES(75,1);
INSERT INTO region_above VALUES(76,1);
INSERT INTO region_above VALUES(77,1);
INSERT INTO region_above VALUES(78,1);
INSERT INTO region_above VALUES(79,1);
INSERT INTO region_above VALUES(80,1);
INSERT INTO region_above VALUES(81,1);
INSERT INTO region_above VALUES(82,1);
INSERT INTO region_above VALUES(83,1);
INSERT INTO region_above VALUES(84,1);
INSERT INTO region_above VALUES(85,1);
INSERT INTO region_above VALUES(86,1);
INSERT INTO region_above VALUES(87,1);
INSERT INTO region_above VALUES(88,1);
INSERT INTO region_above VALUES(89,1);
INSERT INTO region_above VALUES(90,1);
INSERT INTO region_above VALUES(91,1);
INSERT INTO region_above VALUES(92,1);
INSERT INTO region_above VALUES(93,1);
INSERT INTO region_above VALUES(94,1);
INSERT INTO region_above VALUES(95,1);
INSERT INTO region_above VALUES(96,1);
INSERT INTO region_above VALUES(97,1);
INSERT INTO region_above VALUES(98,1);
INSERT INTO region_above VALUES(99,1);
INSERT INTO region_above VALUES(100,1);
INSERT INTO region_above VALUES(101,1);
INSERT INTO region_above VALUES(102,1);
INSERT INTO region_above VALUES(103,1);
INSERT INTO region_above VALUES(104,1);
INSERT INTO region_above VALUES(105,1);
INSERT INTO region_above VALUES(106,1);
INSERT INTO region_above VALUES(107,1);
INSERT INTO region_above VALUES(108,1);
INSERT INTO region_above VALUES(109,1);
INSERT INTO region_above VALUES(110,1);
INSERT INTO region_above VALUES(111,1);
INSERT INTO region_above VALUES(112,1);
INSERT INTO region_above VALUES(113,1);
INSERT INTO region_above VALUES(114,1);
INSERT INTO region_above VALUES(115,1);
INSERT INTO region_above VALUES(116,1);
INSERT INTO region_above VALUES(117,1);
INSERT INTO region_above VALUES(118,1);
INSERT INTO region_above VALUES(119,1);
INSERT INTO region_above VALUES(120,1);
INSERT INTO region_above VALUES(121,1);
INSERT INTO region_above VALUES(122,1);
INSERT INTO region_above VALUES(123,1);
INSERT INTO region_above VALUES(124,1);
INSERT INTO region_above VALUES(125,1);
INSERT INTO region_above VALUES(126,1);
INSERT INTO region_above VALUES(2,2);
INSERT INTO region_above VALUES(3,2);
INSERT INTO region_above VALUES(4,2);
INSERT INTO region_above VALUES(5,2);
INSERT INTO region_above VALUES(6,2);
INSERT INTO region_above VALUES(7,2);
INSERT INTO region_above VALUES(8,2);
INSERT INTO region_above VALUES(9,2);
INSERT INTO region_above VALUES(10,2);
INSERT INTO region_above VALUES(11,2);
INSERT INTO region_above VALUES(12,2);
INSERT INTO region_above VALUES(13,2);
INSERT INTO region_above VALUES(14,2);
INSERT INTO region_above VALUES(15,2);
INSERT INTO region_above VALUES(3,3);
INSERT INTO region_above VALUES(4,4);
INSERT INTO region_above VALUES(5,5);
INSERT INTO region_above VALUES(6,6);
INSERT INTO region_above VALUES(7,7);
INSERT INTO region_above VALUES(8,8);
INSERT INTO region_above VALUES(9,9);
INSERT INTO region_above VALUES(10,10);
INSERT INTO region_above VALUES(11,11);
INSERT INTO region_above VALUES(12,12);
INSERT INTO region_above VALUES(13,13);
INSERT INTO region_above VALUES(14,14);
INSERT INTO region_above VALUES(15,15);
INSERT INTO region_above VALUES(16,16);
INSERT INTO region_above VALUES(17,16);
INSERT INTO region_above VALUES(18,16);
INSERT INTO region_above VALUES(19,16);
INSERT INTO region_above VALUES(20,16);
INSERT INTO region_above VALUES(21,16);
INSERT INTO region_above VALUES(22,16);
INSERT INTO region_above VALUES(23,16);
INSERT INTO region_above VALUES(24,16);
INSERT INTO region_above VALUES(25,16);
INSERT INTO region_above VALUES(26,16);
INSERT INTO region_above VALUES(17,17);
INSERT INTO region_above VALUES(18,18);
INSERT INTO region_above VALUES(19,19);
INSERT INTO region_above VALUES(20,20);
INSERT INTO region_above VALUES(21,21);
INSERT INTO region_above VALUES(22,22);
INSERT INTO region_above VALUES(23,23);
INSERT INTO region_above VALUES(24,24);
INSERT INTO region_above VALUES(25,25);
INSERT INTO region_above VALUES(26,26);
INSERT INTO region_above VALUES(27,27);
INSERT INTO region_above VALUES(28,27);
INSERT INTO region_above VALUES(29,27);
INSERT INTO region_above VALUES(30,27);
INSERT INTO region_above VALUES(31,27);
INSERT INTO region_above VALUES(32,27);
INSERT INTO region_above VALUES(33,27);
INSERT INTO region_above VALUES(34,27);
INSERT INTO region_above VALUES(28,28);
INSERT INTO region_above VALUES(29,29);
INSERT INTO region_above VALUES(30,30);
INSERT INTO region_above VALUES(31,31);
INSERT INTO region_above VALUES(32,32);
INSERT INTO region_above VALUES(33,33);
INSERT INTO region_above VALUES(34,34);
INSERT INTO region_above VALUES(35,35);
INSERT INTO region_above VALUES(36,35);
INSERT INTO region_above VALUES(37,35);
INSERT INTO region_above VALUES(38,35);
INSERT INTO region_above VALUES(39,35);
INSERT INTO region_above VALUES(40,35);
INSERT INTO region_above VALUES(41,35);
INSERT INTO region_above VALUES(42,35);
INSERT INTO region_above VALUES(117,35);
INSERT INTO region_above VALUES(118,35);
INSERT INTO region_above VALUES(119,35);
INSERT INTO region_above VALUES(120,35);
INSERT INTO region_above VALUES(121,35);
INSERT INTO region_above VALUES(122,35);
INSERT INTO region_above VALUES(123,35);
INSERT INTO region_above VALUES(124,35);
INSERT INTO region_above VALUES(125,35);
INSERT INTO region_above VALUES(126,35);
INSERT INTO region_above VALUES(36,36);
INSERT INTO region_above VALUES(37,37);
INSERT INTO region_above VALUES(38,38);
INSERT INTO region_above VALUES(39,39);
INSERT INTO region_above VALUES(40,40);
INSERT INTO region_above VALUES(117,40);
INSERT INTO region_above VALUES(118,40);
INSERT INTO region_above VALUES(119,40);
INSERT INTO region_above VALUES(120,40);
INSERT INTO region_above VALUES(121,40);
INSERT INTO region_above VALUES(122,40);
INSERT INTO region_above VALUES(123,40);
INSERT INTO region_above VALUES(124,40);
INSERT INTO region_above VALUES(41,41);
INSERT INTO region_above VALUES(125,41);
INSERT INTO region_above VALUES(126,41);
INSERT INTO region_above VALUES(42,42);
INSERT INTO region_above VALUES(43,43);
INSERT INTO region_above VALUES(44,43);
INSERT INTO region_above VALUES(45,43);
INSERT INTO region_above VALUES(46,43);
INSERT INTO region_above VALUES(47,43);
INSERT INTO region_above VALUES(48,43);
INSERT INTO region_above VALUES(49,43);
INSERT INTO region_above VALUES(44,44);
INSERT INTO region_above VALUES(45,45);
INSERT INTO region_above VALUES(46,46);
INSERT INTO region_above VALUES(47,47);
INSERT INTO region_above VALUES(48,48);
INSERT INTO region_above VALUES(49,49);
INSERT INTO region_above VALUES(50,50);
INSERT INTO region_above VALUES(51,50);
INSERT INTO region_above VALUES(52,50);
INSERT INTO region_above VALUES(53,50);
INSERT INTO region_above VALUES(54,50);
INSERT INTO region_above VALUES(55,50);
INSERT INTO region_above VALUES(56,50);
INSERT INTO region_above VALUES(51,51);
INSERT INTO region_above VALUES(52,52);
INSERT INTO region_above VALUES(53,53);
INSERT INTO region_above VALUES(54,54);
INSERT INTO region_above VALUES(55,55);
INSERT INTO region_above VALUES(56,56);
INSERT INTO region_above VALUES(57,57);
INSERT INTO region_above VALUES(58,57);
INSERT INTO region_above VALUES(59,57);
INSERT INTO region_above VALUES(60,57);
INSERT INTO region_above VALUES(61,57);
INSERT INTO region_above VALUES(62,57);
INSERT INTO region_above VALUES(63,57);
INSERT INTO region_above VALUES(64,57);
INSERT INTO region_above VALUES(58,58);
INSERT INTO region_above VALUES(59,59);
INSERT INTO region_above VALUES(60,60);
INSERT INTO region_above VALUES(61,61);
INSERT INTO region_above VALUES(62,62);
INSERT INTO region_above VALUES(63,63);
INSERT INTO region_above VALUES(64,64);
INSERT INTO region_above VALUES(65,65);
INSERT INTO region_above VALUES(66,65);
INSERT INTO region_above VALUES(67,65);
INSERT INTO region_above VALUES(68,65);
INSERT INTO region_above VALUES(69,65);
INSERT INTO region_above VALUES(70,65);
INSERT INTO region_above VALUES(71,65);
INSERT INTO region_above VALUES(66,66);
INSERT INTO region_above VALUES(67,67);
INSERT INTO region_above VALUES(68,68);
INSERT INTO region_above VALUES(69,69);
INSERT INTO region_above VALUES(70,70);
INSERT INTO region_above VALUES(71,71);
INSERT INTO region_above VALUES(72,72);
INSERT INTO region_above VALUES(73,72);
INSERT INTO region_above VALUES(74,72);
INSERT INTO region_above VALUES(75,72);
INSERT INTO region_above VALUES(76,72);
INSERT INTO region_above VALUES(77,72);
INSERT INTO region_above VALUES(78,72);
INSERT INTO region_above VALUES(79,72);
INSERT INTO region_above VALUES(73,73);
INSERT INTO region_above VALUES(74,74);
INSERT INTO region_above VALUES(75,75);
INSERT INTO region_above VALUES(76,76);
INSERT INTO region_above VALUES(77,77);
INSERT INTO region_above VALUES(78,78);
INSERT INTO region_above VALUES(79,79);
INSERT INTO region_above VALUES(80,80);
INSERT INTO region_above VALUES(81,80);
INSERT INTO region_above VALUES(82,80);
INSERT INTO region_above VALUES(83,80);
INSERT INTO region_above VALUES(84,80);
INSERT INTO region_above VALUES(85,80);
INSERT INTO region_above VALUES(86,80);
INSERT INTO region_above VALUES(87,80);
INSERT INTO region_above VALUES(81,81);
INSERT INTO region_above VALUES(82,82);
INSERT INTO region_above VALUES(83,83);
INSERT INTO region_above VALUES(84,84);
INSERT INTO region_above VALUES(85,85);
INSERT INTO region_above VALUES(86,86);
INSERT INTO region_above VALUES(87,87);
INSERT INTO region_above VALUES(88,88);
INSERT INTO region_above VALUES(89,88);
INSERT INTO region_above VALUES(90,88);
INSERT INTO region_above VALUES(91,88);
INSERT INTO region_above VALUES(92,88);
INSERT INTO region_above VALUES(89,89);
INSERT INTO region_above VALUES(90,90);
INSERT INTO region_above VALUES(91,91);
INSERT INTO region_above VALUES(92,92);
INSERT INTO region_above VALUES(93,93);
INSERT INTO region_above VALUES(94,93);
INSERT INTO region_above VALUES(95,93);
INSERT INTO region_above VALUES(96,93);
INSERT INTO region_above VALUES(97,93);
INSERT INTO region_above VALUES(98,93);
INSERT INTO region_above VALUES(99,93);
INSERT INTO region_above VALUES(100,93);
INSERT INTO region_above VALUES(94,94);
INSERT INTO region_above VALUES(95,95);
INSERT INTO region_above VALUES(96,96);
INSERT INTO region_above VALUES(97,97);
INSERT INTO region_above VALUES(98,98);
INSERT INTO region_above VALUES(99,99);
INSERT INTO region_above VALUES(100,100);
INSERT INTO region_above VALUES(101,101);
INSERT INTO region_above VALUES(102,101);
INSERT INTO region_above VALUES(103,101);
INSERT INTO region_above VALUES(104,101);
INSERT INTO region_above VALUES(105,101);
INSERT INTO region_above VALUES(106,101);
INSERT INTO region_above VALUES(107,101);
INSERT INTO region_above VALUES(108,101);
INSERT INTO region_above VALUES(102,102);
INSERT INTO region_above VALUES(103,103);
INSERT INTO region_above VALUES(104,104);
INSERT INTO region_above VALUES(105,105);
INSERT INTO region_above VALUES(106,106);
INSERT INTO region_above VALUES(107,107);
INSERT INTO region_above VALUES(108,108);
INSERT INTO region_above VALUES(109,109);
INSERT INTO region_above VALUES(110,109);
INSERT INTO region_above VALUES(111,109);
INSERT INTO region_above VALUES(112,109);
INSERT INTO region_above VALUES(113,109);
INSERT INTO region_above VALUES(114,109);
INSERT INTO region_above VALUES(115,109);
INSERT INTO region_above VALUES(110,110);
INSERT INTO region_above VALUES(111,111);
INSERT INTO region_above VALUES(112,112);
INSERT INTO region_above VALUES(113,113);
INSERT INTO region_above VALUES(114,114);
INSERT INTO region_above VALUES(115,115);
INSERT INTO region_above VALUES(116,116);
INSERT INTO region_above VALUES(117,117);
INSERT INTO region_above VALUES(118,118);
INSERT INTO region_above VALUES(119,119);
INSERT INTO region_above VALUES(120,120);
INSERT INTO region_above VALUES(121,121);
INSERT INTO region_above VALUES(122,122);
INSERT INTO region_above VALUES(123,123);
INSERT INTO region_above VALUES(124,124);
INSERT INTO region_above VALUES(125,125);
INSERT INTO region_above VALUES(126,126);
CREATE TABLE tally_place (
    place_id INTEGER NOT NULL,
    own      INTEGER NOT NULL,
    lead_id  INTEGER NOT NULL,
    n        INTEGER NOT NULL,
    open     INTEGER NOT NULL,
    behind   INTEGER NOT NULL,                        -- open, with progress behind
    PRIMARY KEY (place_id, own, lead_id)
) STRICT, WITHOUT ROWID;
INSERT INTO tally_place VALUES(1,0,1,7,1,0);
INSERT INTO tally_place VALUES(1,0,2,2,0,0);
INSERT INTO tally_place VALUES(1,0,3,3,0,0);
INSERT INTO tally_place VALUES(1,0,4,2,0,0);
INSERT INTO tally_place VALUES(1,0,5,4,1,0);
INSERT INTO tally_place VALUES(1,0,7,1,0,0);
INSERT INTO tally_place VALUES(1,0,8,1,1,0);
INSERT INTO tally_place VALUES(1,0,21,1,0,0);
INSERT INTO tally_place VALUES(1,0,33,1,0,0);
INSERT INTO tally_place VALUES(1,0,35,1,0,0);
INSERT INTO tally_place VALUES(1,0,100,1,0,0);
INSERT INTO tally_place VALUES(1,1,7,1,0,0);
INSERT INTO tally_place VALUES(2,0,1,1,0,0);
INSERT INTO tally_place VALUES(2,0,4,1,0,0);
INSERT INTO tally_place VALUES(5,0,4,1,0,0);
INSERT INTO tally_place VALUES(9,0,1,1,0,0);
INSERT INTO tally_place VALUES(16,0,3,1,0,0);
INSERT INTO tally_place VALUES(16,0,4,1,0,0);
INSERT INTO tally_place VALUES(16,0,5,1,0,0);
INSERT INTO tally_place VALUES(16,0,8,1,1,0);
INSERT INTO tally_place VALUES(16,0,33,1,0,0);
INSERT INTO tally_place VALUES(20,0,5,1,0,0);
INSERT INTO tally_place VALUES(20,0,8,1,1,0);
INSERT INTO tally_place VALUES(21,0,3,1,0,0);
INSERT INTO tally_place VALUES(21,0,8,1,1,0);
INSERT INTO tally_place VALUES(22,0,33,1,0,0);
INSERT INTO tally_place VALUES(23,0,4,1,0,0);
INSERT INTO tally_place VALUES(27,0,1,1,0,0);
INSERT INTO tally_place VALUES(27,0,100,1,0,0);
INSERT INTO tally_place VALUES(29,0,100,1,0,0);
INSERT INTO tally_place VALUES(30,0,1,1,0,0);
INSERT INTO tally_place VALUES(35,0,1,1,0,0);
INSERT INTO tally_place VALUES(35,0,5,1,1,0);
INSERT INTO tally_place VALUES(36,0,5,1,1,0);
INSERT INTO tally_place VALUES(37,0,1,1,0,0);
INSERT INTO tally_place VALUES(43,0,5,1,0,0);
INSERT INTO tally_place VALUES(43,0,35,1,0,0);
INSERT INTO tally_place VALUES(44,0,5,1,0,0);
INSERT INTO tally_place VALUES(48,0,35,1,0,0);
INSERT INTO tally_place VALUES(50,0,1,1,0,0);
INSERT INTO tally_place VALUES(50,0,2,2,0,0);
INSERT INTO tally_place VALUES(50,0,3,1,0,0);
INSERT INTO tally_place VALUES(51,0,2,1,0,0);
INSERT INTO tally_place VALUES(51,0,3,1,0,0);
INSERT INTO tally_place VALUES(52,0,1,1,0,0);
INSERT INTO tally_place VALUES(52,0,2,1,0,0);
INSERT INTO tally_place VALUES(65,0,1,1,0,0);
INSERT INTO tally_place VALUES(65,0,5,1,0,0);
INSERT INTO tally_place VALUES(65,0,21,1,0,0);
INSERT INTO tally_place VALUES(65,1,21,1,0,0);
INSERT INTO tally_place VALUES(66,0,1,1,0,0);
INSERT INTO tally_place VALUES(67,0,5,1,0,0);
INSERT INTO tally_place VALUES(80,0,1,1,1,0);
INSERT INTO tally_place VALUES(81,0,1,1,1,0);
INSERT INTO tally_place VALUES(101,0,3,1,0,0);
INSERT INTO tally_place VALUES(101,0,21,1,0,0);
INSERT INTO tally_place VALUES(104,0,3,1,0,0);
INSERT INTO tally_place VALUES(104,0,21,1,0,0);
INSERT INTO tally_place VALUES(109,0,1,1,0,0);
INSERT INTO tally_place VALUES(113,0,1,1,0,0);
CREATE TABLE tally_due (
    due_on   TEXT NOT NULL,
    place_id INTEGER NOT NULL,
    own      INTEGER NOT NULL,
    lead_id  INTEGER NOT NULL,
    n        INTEGER NOT NULL,
    PRIMARY KEY (due_on, place_id, own, lead_id)
) STRICT, WITHOUT ROWID;
INSERT INTO tally_due VALUES('2027-03-31',1,0,5,1);
INSERT INTO tally_due VALUES('2027-03-31',35,0,5,1);
INSERT INTO tally_due VALUES('2027-03-31',36,0,5,1);
INSERT INTO tally_due VALUES('2027-06-30',1,0,1,1);
INSERT INTO tally_due VALUES('2027-06-30',80,0,1,1);
INSERT INTO tally_due VALUES('2027-06-30',81,0,1,1);
CREATE TABLE tally_owed (
    source_id   INTEGER NOT NULL,
    reported_on TEXT NOT NULL,
    place_id    INTEGER NOT NULL,
    own         INTEGER NOT NULL,
    lead_id     INTEGER NOT NULL,
    n           INTEGER NOT NULL,
    PRIMARY KEY (source_id, reported_on, place_id, own, lead_id)
) STRICT, WITHOUT ROWID;
INSERT INTO tally_owed VALUES(1,'2026-11-09',1,0,5,1);
INSERT INTO tally_owed VALUES(1,'2026-11-09',1,0,8,1);
INSERT INTO tally_owed VALUES(1,'2026-11-09',16,0,8,1);
INSERT INTO tally_owed VALUES(1,'2026-11-09',20,0,8,1);
INSERT INTO tally_owed VALUES(1,'2026-11-09',21,0,8,1);
INSERT INTO tally_owed VALUES(1,'2026-11-09',35,0,5,1);
INSERT INTO tally_owed VALUES(1,'2026-11-09',36,0,5,1);
INSERT INTO tally_owed VALUES(1,'2026-11-16',1,0,1,1);
INSERT INTO tally_owed VALUES(1,'2026-11-16',80,0,1,1);
INSERT INTO tally_owed VALUES(1,'2026-11-16',81,0,1,1);
CREATE TABLE region_met (
    region_id INTEGER NOT NULL PRIMARY KEY
) STRICT;
CREATE TABLE target (
    task_id   INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    text      TEXT NOT NULL CHECK (text <> ''),
    value     TEXT NOT NULL DEFAULT '' CHECK (length(value) <= 40), -- a figure, or '' for what is only to be done
    unit      TEXT NOT NULL DEFAULT '' CHECK (length(unit) <= 40),
    by_on     TEXT CHECK (by_on IS date(by_on, '+0 days')),
    by_raw    TEXT NOT NULL DEFAULT '',               -- the words of the document for that day
    event_seq INTEGER,
    PRIMARY KEY (task_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO target VALUES(9,1,'2026年底前管网达到12公里','','',NULL,'',2);
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','search','search',0,'CREATE VIRTUAL TABLE "search" USING fts5 (title, body, tokenize = ''ascii'', prefix = ''1'')');
CREATE TABLE IF NOT EXISTS "search_data"(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO search_data VALUES(1,X'18826a817a');
INSERT INTO search_data VALUES(10,X'000000000103040003010102020101030101');
INSERT INTO search_data VALUES(137438953473,X'00000ec4023031080601010402013002060101040f060101040406010104020131010601010403060101040f0601010401060101040201320e06010104020601010408060101040101320306010104030601010401060101040203303234010601010203060101020906010102030601010207060101020401350a06010102070601010202060101020206010102040136020601010203060101020606010102030601010201060101020506010102040601010204013703060101020306010102010601010201060101020106010102030601010206060101020101330c06010104060601010401013405060101040101350b06010104010136090601010406060101040101370d060101040101380a0601010401013917060101040106e4b88de585a80d0211050288b00302100b02110502bdbb0a02100403e6ada308020e0e020d03049ae59bad04020903049ce59f8e1502030403e6b4b21402020304ade6b9bf1302030205b9a1e7bb930f02050403e995870502060205ba95e5ad900202031402030304a7e4b89a0402080205bc97e58f8d0202100402110c020f0202bd8d0302120b02130806010105030493e8bf9008020b0205bf9de68aa41302060502070304aee5a48d0e020d0902090106e58583e5ae9d0502020102020304a5e6b2b304020c0301a80d02120304b0e5ba971002030304b4e5a4aa0d02030403e68ca50102030304bbe6ae960a020a03020b0902090205878ce6b2b30b020602058886e4b9a10502050304b0e4bd8d0302110b021208060101040205898de59f8e0f02030502ae8c0106010107010601010701060101070106010107010601010701060101070106010107010601010701060101070106010107010601010701060101070106010107010601010701060101070106010107010601010701060101070106010107010601010701060101070206010107010601010702058cbae585a504020b05029bb41502050502a4a70b02040403e69caa18020c0502a0b81802090502b1a10c02050403e79bb41302080403e99ba803020902058d97e892b20a020302058e82e5bbba10020b0403e7bea406020f0304bfe79fbf1702040502bb8f0302040403e887aa18020402058f8de5bcb916060101080403e698a00202110402120c0210030491e58cba0302080403e680a70102050304a3e69caa0402100403e7878307020402059088e983a80f020703018e09020b06021001020f020599aae5a3b00f020902059bade58cba04020a0304b4e5a1ab15020602059c9fe6b5810902050304b0e4bf9d13020502059f8ee4b9a10f02040403e58cba0c02040902040403e995870602090a020503049fe59f8e0602080403e6b1a11202070502b5b71402080403e7959c0d020805029fbf0e02080403e88fb10202090403e99ba80b02090205a194e6b0b40902030304abe6b5b71502070202a2830b021106020b02020c0205a3b0e689b00f020a0205a484e7908606020d0a02090502bdae0c020806020a03048de5b79e1402040403e695b40e020e05029caa17020a0304a7e4b89c1502020403e5878c0b02050403e8bebd0202050402040802040304aae5ad900d02040301b10c020f09020e0403e5bbba0902070205ad90e5a4a70202040403e6b2b30d02050403e8bf911602040205ae81e6b88512020303048ce688900106010108010601010801060101080108140101080106010108010601010801080c0101080106010108010601010801060101080106010108010601010801060101080106010108010601010801060101080106010108010601010801060101080106010108010601010802080e01010801081001010803049de5a4a70602030403e983a80502030205b1b1e6b5910802030403e7949f0e020a0902060403e99ba81102030205b2b8e5b8a614020a0403e6b5b71602060403e7959c0a02070403e9bb910802070205b79ee5a4a70e02030403e6b2b31402050205b882e58cba0b02030304a6e8b68514020b0301b80802100e020f0205b9b3e5b1b11102020301b4010601010301060101030106010103010601010301060101030106010103010601010301060101030106010103010601010301060101030106010103010601010301060101030106010103010601010301060101030106010103010601010301060101030106010103020601010301060101030202ba950a02120403e5898d01060101060106010106010601010601060101060106010106010601010601060101060106010106010601010601060101060106010106010601010601060101060106010106010601010601060101060106010106010601010601060101060106010106010601010602060101060106010106030497e59f8e1002040205bbbae8aebe09020806020d01020c0205bc80e58f910302070403e9878702020d0301b916060101090304bae783880202130402140c02120205bdbbe5ba950a02110205bf83e58cba18020b0106e68081e4bfae0e020c0902080304a7e69c890102060202889004021503020d10020f0102110403e695b4010601010901060101090106010109010601010901060101090106010109010601010901060101090106010109010601010901060101090106010109010601010901060101090106010109010601010901060101090106010109010601010901060101090106010109020601010901060101090205898be7bbad0d020f0304b0e6b0910f020b02058a80e69caf04020603049ae59f8e0c02030304a4e58cba13020705020802058c89e69c9f04021203020a10020c01020e0304a5e58f910102040304afe585b40102020c020202058e92e694be01020e04020e0f020e0502b1a104020e0403e78eaf0b020f06020902020a020294be01020f04020f0f020f020595b4e6b2bb010601010a010601010a01080e01010a010601010a010601010a010601010a010601010a010601010a010601010a010601010a010601010a010601010a010601010a01080f01010a010601010a010601010a010601010a010601010a010601010a010601010a010601010a0106010102010601010a010601010a020596b0e68a8004020506019a0c02020304bde79b910c020b0502bea412020d02059785e9a1ba070202020598a0e5bcba0202120402130c0211020599aee585b010020202059c88e5ba9501060101050106010105010601010501060101050106010105010601010501060101050106010105010601010501060101050106010105010601010501060101050106010105010601010501060101050106010105010601010501060101050106010105010601010502060101050106010105030489e69cba01020703049de998b317020201020203049fe5ae8c04021303020b10020d01020f0304aae68c8904021103020910020b01020d0304ace6baaa0302020304afe4baa70402070304bae789a90102080205a087e68e9201020d04020d0f020d0304b8e5bf8318020a0205ada2e58f8d16060101070304a3e5b8b808020f0e020e0205ae96e7b2aa0a020b03020c0403e8bf9016020a0205b091e5bbba0f020c0304b4e4bd9308020a0403e585bb16020805029c9f0902040502a48406020c0a02080205b1a1e58fa304020f0403e6898b0d020e0502b0b406020b0a02070502b3a50c02060602080502b8850a020d0403e7aea103020b08020b0602050205b2b3e68e9204020d0502b2bf0802050202050502b5810202070402060502070202060102060402050202060301bb010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b020601010b010601010b0403e4b88d03020f0b02100403e588b016060101030403e7908601020a0304bfe5b2b80802060202060205b3a5e5a4840c02070602090205b4b2e5a48d1402030205b581e59f9f0202080402070502080202070102070402060202070502a4b109020603048ee5bc80030206030491e58d970a02020403e6b2b30802040304b7e5b2b81402090403e6b0b41602070403e9a1b91502080205b885e6b2b31202040403e790860a020e0205b9bfe59cb01302040205baaae58ebf0302030205bb9ee5908e09020a06020f01020e0106e78289e69caa0702080403e8b68505020b020283880202140402150c0213020584b6e4bf9d180206020585a4e9948507020602058783e785a4070205020589a9e6b2bb01020902058eafe5a2830b021006020a02020b02059086e4b88d0a020f0403e58e8206020e0a020a0403e8b68501020b02059498e4ba9502020214020203049fe680810e020b0902070205959ce7a6bd0a0208030209020599bde5a19409020202059b91e7aea10c020c09020b0304aee79b9115020a0304b4e68e920b020e06020802020902059fbfe5b1b10e02090902050502bc8002020c0205a082e7aa910502090205a6bde585bb0a020903020a0205aa91e7828905020a0205ab8be5b1b1080202030499e5898d0f02020205aea1e7bcba0c020d09020c0502bd9103020c08020c0602060205b2aae6b1a10a020c03020d0205bb8fe6b58e030205030493e590880f02060304a5e4b8ad1302020304ade4b88d0d02100205bcbae5a4b10c020e09020d0205bd91e695b403020d0403e79bb40b020d0602070304aee8aebe0c020906020b0205bea4e4bc9702020f0402100c020e0106e887aae784b61802050304ade6b0b408020902058fb1e9958102020a020592b2e6b2b30a02040205a18ce4b88d08020d0e020c0205a5bfe5b8820b02020403e9ab980402030205aebee696bd0c020a06020c0502bb9e09020906020e01020d0205b685e6a08701020c04020c0f020c0205bebde5ae811202020403e6b2b30202060402050802050205bf90e8a18c08020c0e020b030491e5b2b81602050106e983a8e58886050204050299aa0f020802058787e7bea402020e030491e5b79e0e020202059381e8a5bf04020202059485e7828907020702059581e79fbf02020b0502a082050208030487e6b1a106020a0a02060403e99581050207020598b2e6ada216060101060304b3e58ebf17020301020302059ba8e6b1a103020a08020a0602040205a1b9e79bae1502090304bae58fa30702030205ab98e696b00402040408121712121e1726260d08080d0808080b0a070b090908090a080d09100f090d0c0e09060909080f0a0a110a770a070708070708080a0a080907080c0e090809080a0c0a0a090a090a0b0b090807080708080a090d0a0d0a09080709080e0909080a08080a7d09080a0b080a0808080a080a09090a76077809100a08080f0a0a0e0910780a090a090c13090c10070e0d81010a0609070a100a7a090c121209090910090c0c0d080a0908070a0a080a0a070e0a0a19760b0a080c0d0a1c070909080908080a080a0a100b080d0a0a0a0a100a0b080d0c0d0a0d090f0d070a0d0a0a090d0d0d0a0909090d0a0b0c100b090a0a0d0a080d0d100a0e0d090b070a090a0a0a070c080c0c100a09');
INSERT INTO search_data VALUES(137438953474,X'00000b510730e9bb91e887ad0802080002313101060101040106010104020601010404060101040606010104020601010401060101040206010104010601010401060101040306010104010132010601010201060101020108010102040106010102010601010201080101020401080101020401060101020106010102010601010201060101020106010102010601010201060101020106010102010601010201060101020106010102010601010201060101020106010102020601010201060101020101330c06010104060601010401013405060101040101350b06010104010136090601010406060101040101370d060101040101380a0601010401013917060101040103e4b88d03021005020e02021003021101021108020d03019a04020903019c1402020102030301ad1302030202b9a10502060a02050202ba950202031402030301a70402080202bc970202100402110c020f0202bd8d0302120b0213080601010503019308020b0202bf9d1302060502070301ae0e020d0902090103e585830502020102020301a504020c0301a80d02120301b01002030301b40102030c02030301bb0a020a03020b0902090202878c0b0206020288860502050301b00302110b021208060101040202898d010601010701060101070106010107010601010701060101070106010107010601010701060101070106010107010601010701060101070106010107010601010701060101070108030101070106010107010601010701060101070106010107010601010701060101070206010107010601010702028cba03020901020b0702040102050702080202050304090502028d970a020302028e8206020f0a020b0301bf03020414020401020402028f8d0202110402120c021004060101080301910102050202080301a3040210030204020290880f020703018e09020b06021001020f020299aa0f020902029bad04020a0301b415020602029c9f0902050301b013020502029f8e06020906020403020401020505020403019f0202090402080502090202080102080402070202080202a1940902030301ab1502070202a2830b021106020b02020c0202a3b00f020a0202a48406020d06020804020902020a03018d0e020e06020403020a0301a70202050402040502050302040702020301aa0d02040301b109020703020f09020e0202ad900202040b02050902040202ae8112020303018c0106010108010601010801060101080108140101080106010108010601010801080c0101080106010108010601010801060101080106010108010601010801060101080106010108010601010801060101080106010108010601010801060101080106010108010601010802080e01010801081001010803019d0502030102030202b1b108020306020a0302030602060202b2b80802070202070a020a0202060202b79e0e02030602050202b8820b02030301a614020b0301b80802100e020f0202b9b31102020301b4010601010301060101030106010103010601010301060101030106010103010601010301060101030106010103010601010301060101030106010103010601010301060101030106010103010601010301060101030106010103010601010301060101030106010103020601010301060101030202ba9501060101060106010106010601010601060101060106010106010601010601060101060106010106010601010601081201010601060101060106010106010601010601060101060106010106010601010601060101060106010106010601010601060101060106010106020601010601060101060301971002040202bbba09020806020d01020c0202bc8002020d0102070301b916060101090301ba0202130402140c02120202bdbb0a02110202bf8318020b0103e680810e020c0902080301a7010206020288900106010109010601010901060101090108150101090106010109010601010901080d0101090106010109010601010901060101090106010109010601010901060101090106010109010601010901060101090106010109010601010901060101090106010109010601010902080f0101090108110101090202898b0d020f0301b00f020b02028a8004020603019a0c02030301a413020705020802028c8904021203020a10020c01020e0301a50102040301af0102020c020202028e9201020e03020e01020e06020f06020902020a01020e020294be01020f04020f0f020f020295b4010601010a010601010a01080e01010a010601010a010601010a010601010a010601010a010601010a010601010a010601010a010601010a010601010a010601010a01080f01010a010601010a010601010a010601010a010601010a010601010a010601010a010601010a0106010102010601010a010601010a020296b00402050802020301bd0c020b06020d02029785070202020298a00202120402130c0211020299ae10020202029c880106010105010601010501060101050106010105010601010501060101050106010105010601010501060101050106010105010601010501060101050106010105010601010501060101050106010105010601010501060101050106010105010601010501060101050206010105010601010503018901020703019d17020201020203019f04021303020b10020d01020f0301aa04021103020910020b01020d0301ac0302020301af0402070301ba0102080202a08701020d04020d0f020d0301b818020a0202ada216060101070301a308020f0e020e0202ae960a020b03020c09020a0202b0910f020c0301b406020c02020a0102040702080602080202b1a103020b01020f02020b04020d01020b01020601020e0302070102050102080202b2b302020702020d0202060202050202050102070202060102060402050202060301bb01080a01010b010601010b01080f01010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b01081001010b010601010b010601010b010601010b010601010b010601010b010601010b010601010b0106010103010601010b010601010b0301bf0802060202060202b3a50c02070602090202b4b21402030202b58102020804020703020602020802020701020704020602020703018e0302060301910802040202020301b71402090102080102070202b8850a020e0802040202b9bf1302040202baaa0302030202bb9e09020a06020f01020e0103e7828905020b020208020283880202140402150c0213020284b6180206020285a407020602028783070205020289a901020902028eaf0b021006020a02020b0202908601020b05020e04020f06020a0202949802020214020203019f0e020b0902070202959c0a0208030209020299bd09020202029b910c020c09020b0301ae15020a0301b40b020e06020802020902029fbf02020c0c02090902050202a0820502090202a6bd0a020903020a0202aa9105020a0202ab8b0802020301990f02020202aea103020c08020c01020d05020604020c0202b2aa0a020c03020d0202bb8f0302050301930f02060301a51302020301ad0d02100202bcba0c020e09020d0202bd9103020d08020d0602070301ae0c020906020b0202bea402020f0402100c020e0103e887aa1802050301ad08020902028fb102020a020292b20a02040202a18c08020d0e020c0202a5bf0402030702020202aebe09020903020a03020e01020d02020c0202b68501020c04020c0f020c0202bebd0202060402050802050402020202bf9008020c0e020b0301911602050103e983a80502040a02080202878702020e0301910e020202029381040202020294850702070202958102020b03020803018705020701020a0a0206020298b216060101060301b317020301020302029ba803020a08020a0602040202a1b91502090301ba0702030202ab980402040202bb91080208040b3b790d08080d080808170609060a0a060d0f060a090b060606090c07070e781a070a0c120909070c0707060706131807060d07100c12060c0d077a0910100a070609077678060d0a080c07070b067b0706070609100609190d7e0a09070d077706090f0f0606060d0609090d071222227e090a071c06090c0a07070d0b0d070707070d100a090a070a060c0d070a070706130a070606060a0d090d080607070a0a130d100a060b070607070a0c09090d070607');
INSERT INTO search_data VALUES(274877906945,X'0000029603303132090601011b0104323032360906010113040137090701010201013609070101040106e585a8e99da2090601010c0304ace9878c090601011c020288b0090601011a0205898de5ae8c09070101070403e7aea1090601011602028fa309060101120202908e09030b02059c9fe6b5810903050205a194e6b0b40903030205a4b1e5bbba0903070205ae8ce6889009070101080202b9b409070101030403e5ba9509060101140205ba95e5898d0909010106110205bbbae8aebe0903080106e68890e695b4090701010902058e92e6b1a10906010110020595b4e6b2bb090901010a0602059c88e5ba9509070101050205b0b4e59c9f0903040205b1a1e58fa309060101110202b2bb090701010b0403e68e92090601010f0205b581e5a4b10903060205bb9ee5908e09030a0106e799bde5a1940903020205aea1e7bd9109060101170205bd91e8bebe09060101180106e8aebee6bb9e0903090205bebee588b009060101190103e9878c090601011d02059da2e695b4090601010d00023131090601011b01013209090101021301013609070101040103e585a8090601010c0301ac090601011c020288b0090601011a0202898d09090101071102028fa309060101120202908e09030b02029c9f0903050202a1940903030202a4b10903070202ae8c09070101080202b9b40909010103130202ba950909010106110202bbba0903080103e68890090701010902028e920906010110020295b4090901010a0602029c8809070101050202b0b40903040202b1a109060101110202b2bb090901010b060202b5810903060202bb9e09030a0103e799bd0903020202aea109060101170202bd9109060101180103e8aebe0903090202bebe09060101190103e9878c090601011d02029da2090601010d04090b08080d0b090c0a09070a0a0a0c090a0d0a0d0c0d0c0a0c090a0a0a0b0c0c0b0c0a0c0909080a08090a0907070707090a0a070a090a0907090a070708090908090a');
INSERT INTO search_data VALUES(412316860417,X'0000021f03303130020101043230323602010106e4ba95e5ad900203030205bc97e58f8d0203100202bd8d02060101050106e588b0e4bd8d02060101040205898de5ae8c020102058f8de698a002031102059f9fe88fb10203090205a4a7e8bebd0203050205ad90e5a4a70203040205ae8ce6889002010202b9b402010205ba95e5898d02010205bc80e9878702030d0304bae783880203130106e68890e695b40201020594b9e588b00206010103020595b4e694b902060101020502b2bb0201020598a0e5bcba02031202059c88e5ba9502010205b2b3e6b5810203070301bb02010205b581e59f9f0203080103e7838802031402059498e4ba9502030202059fbfe5bc8002030c0205bea4e4bc9702030f0106e88fb1e9958102030a0205bebde6b2b30203060106e98787e7bea402030e02059581e79fbf02030b00023131020101013202010103e4ba950203030202bc970203100202bd8d02060101050103e588b002060101040202898d020102028f8d02031102029f9f0203090202a4a70203050202ad900203040202ae8c02010202b9b402010202ba9502010202bc8002030d0301ba0203130103e688900201020294b90206010103020295b40207010102020298a002031202029c8802010202b2b30203070301bb02010202b5810203080103e783880203140202949802030202029fbf02030c0202bea402030f0103e88fb102030a0202bebd0203060103e9878702030e0202958102030b0406080b0a090d090a0a0a0a0906090a090a0c0c060a090a050a080a0a0a0b0a0b0a06050807090a06070707070606060706070909070607050708070707080708');
CREATE TABLE IF NOT EXISTS "search_idx"(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO search_idx VALUES(1,X'',2);
INSERT INTO search_idx VALUES(1,X'30e9bb',4);
INSERT INTO search_idx VALUES(2,X'',2);
INSERT INTO search_idx VALUES(3,X'',2);
CREATE TABLE IF NOT EXISTS "search_content"(id INTEGER PRIMARY KEY, c0, c1);
INSERT INTO search_content VALUES(1,'振兴 兴挥 挥发 发性 性有 有机 机物 物治 治理 理超 超标 标排 排放 放','2024 年 11 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(2,'甘井 井子 子大 大辽 辽河 河流 流域 域菱 菱镁 镁矿 矿开 开采 采群 群众 众反 反映 映强 强烈 烈','整改 改到 到位 位');
INSERT INTO search_content VALUES(3,'本溪 溪县 县经 经济 济开 开发 发区 区雨 雨污 污管 管网 网整 整治 治不 不到 到位 位','2027 年 2 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(4,'铁西 西高 高新 新技 技术 术产 产业 业园 园区 区入 入河 河排 排污 污口 口未 未按 按期 期完 完成 成','2024 年 11 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(5,'元宝 宝部 部分 分乡 乡镇 镇镁 镁砂 砂窑 窑炉 炉超 超标 标排 排放 放','2026 年 4 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(6,'元宝 宝大 大辽 辽河 河流 流域 域城 城镇 镇污 污水 水处 处理 理厂 厂群 群众 众反 反映 映强 强烈 烈','2027 年 2 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(7,'旅顺 顺口 口燃 燃煤 煤锅 锅炉 炉未 未按 按期 期完 完成 成','2027 年 2 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(8,'立山 山浑 浑河 河沿 沿岸 岸黑 黑臭 臭水 水体 体运 运行 行不 不正 正常 常','2027 年 1 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(9,'白塔 塔水 水土 土流 流失 失建 建设 设滞 滞后 后','2027 年 6 月底 底前 前完 完成 成整 整治 治 全面 面整 整治 治排 排污 污口 口 2026 年底 底前 前管 管网 网达 达到 到 12 公里 里');
INSERT INTO search_content VALUES(10,'浑南 南蒲 蒲河 河沿 沿岸 岸畜 畜禽 禽养 养殖 殖粪 粪污 污清 清理 理不 不彻 彻底 底','2025 年 8 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(11,'西市 市区 区大 大凌 凌河 河流 流域 域雨 雨污 污管 管网 网直 直排 排环 环境 境','2026 年 5 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(12,'新抚 抚城 城区 区污 污泥 泥处 处置 置设 设施 施监 监管 管缺 缺失 失','2027 年 3 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(13,'振兴 兴太 太子 子河 河流 流域 域畜 畜禽 禽养 养殖 殖粪 粪污 污手 手续 续不 不全 全','2024 年 7 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(14,'金州 州大 大辽 辽河 河流 流域 域矿 矿山 山生 生态 态修 修复 复整 整治 治不 不到 到位 位','2026 年 12 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(15,'站前 前城 城乡 乡结 结合 合部 部噪 噪声 声扰 扰民 民建 建设 设滞 滞后 后','2026 年 6 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(16,'普兰 兰店 店城 城镇 镇污 污水 水处 处理 理厂 厂建 建设 设滞 滞后 后','2024 年 12 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(17,'平山 山雨 雨污 污管 管网 网直 直排 排环 环境 境','2025 年 10 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(18,'辽宁 宁清 清河 河流 流域 域污 污泥 泥处 处置 置设 设施 施群 群众 众反 反映 映强 强烈 烈','2027 年 3 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(19,'绥中 中湿 湿地 地保 保护 护区 区直 直排 排环 环境 境','2025 年 11 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(20,'东洲 洲复 复州 州河 河流 流域 域海 海岸 岸带 带超 超标 标排 排放 放','2026 年 11 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(21,'大东 东城 城区 区围 围填 填海 海项 项目 目监 监管 管缺 缺失 失','2025 年 10 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(22,'甘井 井子 子近 近岸 岸海 海水 水养 养殖 殖运 运行 行不 不正 正常 常','整治 治到 到位 位 防止 止反 反弹 弹');
INSERT INTO search_content VALUES(23,'朝阳 阳县 县矿 矿山 山生 生态 态修 修复 复未 未按 按期 期完 完成 成','2024 年 9 月底 底前 前完 完成 成整 整治 治');
INSERT INTO search_content VALUES(24,'朝阳 阳县 县自 自然 然保 保护 护区 区核 核心 心区 区未 未按 按期 期完 完成 成','2026 年 12 月底 底前 前完 完成 成整 整治 治');
CREATE TABLE IF NOT EXISTS "search_docsize"(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO search_docsize VALUES(1,X'0e0a');
INSERT INTO search_docsize VALUES(2,X'1304');
INSERT INTO search_docsize VALUES(3,X'110a');
INSERT INTO search_docsize VALUES(4,X'140a');
INSERT INTO search_docsize VALUES(5,X'0e0a');
INSERT INTO search_docsize VALUES(6,X'140a');
INSERT INTO search_docsize VALUES(7,X'0c0a');
INSERT INTO search_docsize VALUES(8,X'0f0a');
INSERT INTO search_docsize VALUES(9,X'0a1c');
INSERT INTO search_docsize VALUES(10,X'110a');
INSERT INTO search_docsize VALUES(11,X'100a');
INSERT INTO search_docsize VALUES(12,X'0e0a');
INSERT INTO search_docsize VALUES(13,X'110a');
INSERT INTO search_docsize VALUES(14,X'120a');
INSERT INTO search_docsize VALUES(15,X'0f0a');
INSERT INTO search_docsize VALUES(16,X'0e0a');
INSERT INTO search_docsize VALUES(17,X'0a0a');
INSERT INTO search_docsize VALUES(18,X'120a');
INSERT INTO search_docsize VALUES(19,X'0b0a');
INSERT INTO search_docsize VALUES(20,X'0e0a');
INSERT INTO search_docsize VALUES(21,X'0d0a');
INSERT INTO search_docsize VALUES(22,X'0e08');
INSERT INTO search_docsize VALUES(23,X'0e0a');
INSERT INTO search_docsize VALUES(24,X'100a');
CREATE TABLE IF NOT EXISTS "search_config"(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO search_config VALUES('version',4);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('task',24);
CREATE INDEX region_parent ON region (parent_id);
CREATE INDEX person_key_person ON person_key (person_id);
CREATE INDEX duty_time ON duty (starts_at);
CREATE INDEX event_task ON event (task_id, seq);
CREATE INDEX task_open_due    ON task (is_open, due_on, id);
CREATE INDEX task_due         ON task (due_on, id);
CREATE INDEX task_list_order  ON task (source_id, position, part, id);
CREATE INDEX task_state       ON task (state, due_on, id);
CREATE INDEX task_lead        ON task (lead_id, is_open, due_on, id);
CREATE INDEX task_region_due  ON task (region_id, is_open, due_on, id);
CREATE INDEX task_updated     ON task (updated_at, id);
CREATE INDEX task_percent     ON task (percent, id);
CREATE INDEX task_parent      ON task (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX task_sponsor     ON task (sponsor_id) WHERE sponsor_id IS NOT NULL;
CREATE INDEX task_unreported  ON task (source_id, reported_on, id) WHERE is_open = 1;
CREATE INDEX task_returned    ON task (due_on, id) WHERE returned = 1;
CREATE INDEX task_listed      ON task (due_on, id) WHERE listed = 1;
CREATE INDEX task_region_task ON task_region (task_id, position);
CREATE INDEX task_department_task ON task_department (task_id, role, position);
CREATE INDEX report_task ON report (task_id, period_start);
CREATE INDEX notice_task ON notice (task_id);
CREATE INDEX review_task ON review (task_id);
CREATE INDEX publicity_task ON publicity (task_id);
CREATE INDEX objection_task ON objection (task_id);
CREATE INDEX extension_task ON extension (task_id);
CREATE UNIQUE INDEX draft_without_task ON draft (person, context) WHERE task_id IS NULL;
CREATE VIEW board_task AS
SELECT t.id AS task_id,
       s.code || '-' || t.number || iif(t.part > 0, '.' || t.part, '') AS id,
       s.name AS source, t.number, t.title, t.goal, t.category, t.state, t.returned, t.listed,
       t.progress, t.percent, t.deadline, t.deadline_kind, t.deadline_raw,
       nullif(t.due_on, '9999-12-31') AS due_on,
       CAST(julianday(nullif(t.due_on, '9999-12-31')) - julianday(date('now', 'localtime')) AS INTEGER) AS days_left,
       r.name AS region, r.code AS region_code, coalesce(d.name, '') AS lead,
       coalesce(v.name, '') AS supervisor, coalesce(p.name, '') AS sponsor,
       nullif(t.reported_on, '') AS reported_on, t.closed_on, t.close_document,
       t.updated_at, t.updated_by, t.version
FROM task t
JOIN source s ON s.id = t.source_id
JOIN region r ON r.id = t.region_id
LEFT JOIN department d ON d.id = t.lead_id
LEFT JOIN department v ON v.id = t.supervisor_id
LEFT JOIN sponsor p ON p.id = t.sponsor_id;
CREATE VIEW board_overdue AS
SELECT * FROM board_task WHERE state <> 'closed' AND days_left < 0;
CREATE VIEW board_due_soon AS
SELECT * FROM board_task WHERE state <> 'closed' AND days_left BETWEEN 0 AND 30;
CREATE VIEW board_report AS
SELECT b.id, b.title, b.region, o.period_start, o.period_end, o.text, o.problems, o.next_step,
       o.percent, o.progress, o.reporter, o.reported_at
FROM report o JOIN board_task b ON b.task_id = o.task_id;
CREATE VIEW board_event AS
SELECT e.seq, e.at, e.actor, e.origin, e.action, e.note, b.id, b.title, c.field, c.before, c.after
FROM event e
LEFT JOIN event_change c ON c.seq = e.seq
LEFT JOIN board_task b ON b.task_id = e.task_id;
CREATE TRIGGER task_region_changed BEFORE UPDATE OF region_id, task_id ON task_region
    WHEN NEW.region_id <> OLD.region_id OR NEW.task_id <> OLD.task_id
BEGIN
    SELECT RAISE(ABORT, 'task_region: delete the row and insert another');
END;
CREATE TRIGGER task_meets BEFORE INSERT ON task
    WHEN EXISTS (SELECT 1 FROM task WHERE id = NEW.id)
      OR EXISTS (SELECT 1 FROM task WHERE source_id = NEW.source_id AND number = NEW.number AND part = NEW.part)
      OR EXISTS (SELECT 1 FROM task_met)
BEGIN
    DELETE FROM task_met;
    INSERT INTO task_met SELECT id FROM task WHERE id = NEW.id;
    INSERT INTO task_met
    SELECT id FROM task WHERE source_id = NEW.source_id AND number = NEW.number AND part = NEW.part
    ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER task_replaced AFTER INSERT ON task WHEN EXISTS (SELECT 1 FROM task_met)
BEGIN
    SELECT RAISE(ABORT, 'task: use INSERT .. ON CONFLICT DO UPDATE; REPLACE would lose its reports');
END;
CREATE TRIGGER task_renamed BEFORE UPDATE OF id, source_id, number, part ON task
    WHEN NEW.id <> OLD.id
      OR EXISTS (SELECT 1 FROM task WHERE source_id = NEW.source_id AND number = NEW.number
                 AND part = NEW.part AND id <> OLD.id)
BEGIN
    SELECT RAISE(ABORT, 'task: the id stays, and no other task may have the number');
END;
CREATE TRIGGER task_added AFTER INSERT ON task
BEGIN
    INSERT INTO tally_total
    VALUES (NEW.state, NEW.source_id, NEW.returned, iif(NEW.is_open, NEW.due_on, ''),
            iif(NEW.is_open, NEW.reported_on, ''), 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
    INSERT INTO task_region (region_id, task_id, position, event_seq) VALUES (NEW.region_id, NEW.id, 0, 0);
    INSERT INTO search_stale VALUES (NEW.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER task_leaving BEFORE DELETE ON task
BEGIN
    UPDATE task_region SET event_seq = -1 WHERE task_id = OLD.id;
    DELETE FROM task_region WHERE task_id = OLD.id;
    UPDATE tally_total SET n = n - 1
    WHERE state = OLD.state AND source_id = OLD.source_id AND returned = OLD.returned
      AND due_on = iif(OLD.is_open, OLD.due_on, '') AND reported_on = iif(OLD.is_open, OLD.reported_on, '');
    DELETE FROM tally_total
    WHERE state = OLD.state AND source_id = OLD.source_id AND returned = OLD.returned
      AND due_on = iif(OLD.is_open, OLD.due_on, '') AND reported_on = iif(OLD.is_open, OLD.reported_on, '')
      AND n = 0;
    INSERT INTO search_stale VALUES (OLD.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER task_left AFTER DELETE ON task
BEGIN
    DELETE FROM task_department WHERE task_id = OLD.id;
    DELETE FROM measure WHERE task_id = OLD.id;
    DELETE FROM report WHERE task_id = OLD.id;
    DELETE FROM notice WHERE task_id = OLD.id;
    DELETE FROM review WHERE task_id = OLD.id;
    DELETE FROM objection WHERE task_id = OLD.id;
    DELETE FROM publicity WHERE task_id = OLD.id;
    DELETE FROM extension WHERE task_id = OLD.id;
    DELETE FROM draft WHERE task_id = OLD.id;
    DELETE FROM reminder WHERE task_id = OLD.id;
END;
CREATE TRIGGER publicity_left AFTER DELETE ON publicity
BEGIN
    DELETE FROM objection WHERE publicity_id = OLD.id;
END;
CREATE TRIGGER report_counts AFTER INSERT ON report
BEGIN
    UPDATE task SET reported_on = max(reported_on, NEW.period_start),
                    percent = iif(NEW.period_start >= reported_on, coalesce(NEW.percent, percent), percent),
                    progress = iif(NEW.period_start >= reported_on, coalesce(NEW.progress, progress), progress),
                    version = version + 1
    WHERE id = NEW.task_id;
END;
CREATE TRIGGER report_moved AFTER UPDATE OF period_start ON report WHEN NEW.period_start <> OLD.period_start
BEGIN
    UPDATE task SET reported_on = (SELECT max(period_start) FROM report WHERE task_id = NEW.task_id),
                    version = version + 1
    WHERE id = NEW.task_id AND (reported_on = OLD.period_start OR reported_on < NEW.period_start);
END;
CREATE TRIGGER report_left AFTER DELETE ON report
BEGIN
    UPDATE task SET reported_on = coalesce((SELECT max(period_start) FROM report WHERE task_id = OLD.task_id), ''),
                    version = version + 1
    WHERE id = OLD.task_id AND reported_on = OLD.period_start;
END;
CREATE TRIGGER search_task_changed AFTER UPDATE OF title, problem, goal ON task
    WHEN NEW.title <> OLD.title OR NEW.problem <> OLD.problem OR NEW.goal <> OLD.goal
BEGIN
    INSERT INTO search_stale VALUES (NEW.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_measure_added AFTER INSERT ON measure
BEGIN
    INSERT INTO search_stale VALUES (NEW.task_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_measure_changed AFTER UPDATE OF text ON measure WHEN NEW.text <> OLD.text
BEGIN
    INSERT INTO search_stale VALUES (NEW.task_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_measure_removed AFTER DELETE ON measure
BEGIN
    INSERT INTO search_stale VALUES (OLD.task_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'event: the history is append-only');
END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'event: the history is append-only');
END;
CREATE TRIGGER event_change_no_update BEFORE UPDATE ON event_change
BEGIN
    SELECT RAISE(ABORT, 'event: the history is append-only');
END;
CREATE TRIGGER event_change_no_delete BEFORE DELETE ON event_change
BEGIN
    SELECT RAISE(ABORT, 'event: the history is append-only');
END;
CREATE TRIGGER event_no_replace BEFORE INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE seq = NEW.seq)
BEGIN
    SELECT RAISE(ABORT, 'event: the history is append-only');
END;
CREATE TRIGGER event_change_no_replace BEFORE INSERT ON event_change
    WHEN EXISTS (SELECT 1 FROM event_change WHERE seq = NEW.seq AND field = NEW.field)
BEGIN
    SELECT RAISE(ABORT, 'event: the history is append-only');
END;
CREATE VIEW outside_change AS SELECT '' AS field, '' AS before, '' AS after;
CREATE TRIGGER outside_change_kept INSTEAD OF INSERT ON outside_change WHEN NEW.before IS NOT NEW.after
BEGIN
    INSERT INTO event_change
    SELECT coalesce(max(seq), 0) + 1, NEW.field, coalesce(NEW.before, ''), coalesce(NEW.after, '') FROM event;
END;
CREATE VIEW outside AS SELECT 0 AS task_id;
CREATE TRIGGER outside_kept INSTEAD OF INSERT ON outside
    WHEN EXISTS (SELECT 1 FROM event_change WHERE seq > (SELECT coalesce(max(seq), 0) FROM event))
BEGIN
    INSERT INTO event (task_id, action) VALUES (NEW.task_id, 'outside');
    UPDATE task SET version = version + 1, updated_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), updated_by = ''
    WHERE id = NEW.task_id;
END;
CREATE TRIGGER outside_task_added AFTER INSERT ON task WHEN NEW.version = 0
BEGIN
    INSERT INTO outside_change VALUES ('title', '', NEW.title);
    INSERT INTO outside VALUES (NEW.id);
END;
CREATE TRIGGER outside_task_left BEFORE DELETE ON task WHEN OLD.version >= 0
BEGIN
    INSERT INTO outside_change VALUES ('deleted', OLD.title, '');
    INSERT INTO event (task_id, action) VALUES (OLD.id, 'outside'); -- the task itself is let alone
END
;
CREATE TRIGGER outside_task_changed AFTER UPDATE ON task WHEN NEW.version = OLD.version
BEGIN
    INSERT INTO outside_change VALUES
        ('title', OLD.title, NEW.title),
        ('state', OLD.state, NEW.state),
        ('returned', OLD.returned, NEW.returned),
        ('listed', OLD.listed, NEW.listed),
        ('deadline', OLD.deadline, NEW.deadline),
        ('deadline_kind', OLD.deadline_kind, NEW.deadline_kind),
        ('deadline_raw', OLD.deadline_raw, NEW.deadline_raw),
        ('percent', OLD.percent, NEW.percent),
        ('progress', OLD.progress, NEW.progress),
        ('goal', OLD.goal, NEW.goal),
        ('problem', OLD.problem, NEW.problem),
        ('category', OLD.category, NEW.category),
        ('lead', OLD.lead_id, NEW.lead_id),
        ('supervisor', OLD.supervisor_id, NEW.supervisor_id),
        ('region', OLD.region_id, NEW.region_id),
        ('sponsor', OLD.sponsor_id, NEW.sponsor_id),
        ('officer', OLD.officer, NEW.officer),
        ('phone', OLD.phone, NEW.phone),
        ('source', OLD.source_id, NEW.source_id),
        ('number', OLD.number, NEW.number),
        ('part', OLD.part, NEW.part),
        ('parent', OLD.parent_id, NEW.parent_id),
        ('position', OLD.position, NEW.position),
        ('assigned_on', OLD.assigned_on, NEW.assigned_on),
        ('reported_on', OLD.reported_on, NEW.reported_on),
        ('done_on', OLD.done_on, NEW.done_on),
        ('submitted_on', OLD.submitted_on, NEW.submitted_on),
        ('closed_on', OLD.closed_on, NEW.closed_on),
        ('close_document', OLD.close_document, NEW.close_document);
    INSERT INTO outside VALUES (NEW.id);
END;
CREATE TRIGGER outside_task_region_added AFTER INSERT ON task_region WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside_change VALUES ('region', '', NEW.region_id);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_task_region_left AFTER DELETE ON task_region
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside_change VALUES ('region', OLD.region_id, '');
    INSERT INTO outside VALUES (OLD.task_id);
END;
CREATE TRIGGER outside_task_department_added AFTER INSERT ON task_department WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside_change VALUES ('department', '', NEW.department_id);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_task_department_changed AFTER UPDATE ON task_department WHEN NEW.event_seq IS OLD.event_seq
BEGIN
    INSERT INTO outside_change VALUES
        ('department', OLD.department_id, NEW.department_id),
        ('role', OLD.role, NEW.role);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_task_department_left AFTER DELETE ON task_department
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside_change VALUES ('department', OLD.department_id, '');
    INSERT INTO outside VALUES (OLD.task_id);
END;
CREATE TRIGGER outside_measure_added AFTER INSERT ON measure WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside_change VALUES ('measure', '', NEW.text);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_measure_changed AFTER UPDATE ON measure WHEN NEW.event_seq IS OLD.event_seq
BEGIN
    INSERT INTO outside_change VALUES
        ('measure', OLD.text, NEW.text),
        ('measure.position', OLD.position, NEW.position),
        ('measure.due_on', OLD.due_on, NEW.due_on),
        ('done', OLD.done_on, NEW.done_on),
        ('measure.waived', OLD.waived, NEW.waived);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_measure_left AFTER DELETE ON measure
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside_change VALUES ('measure', OLD.text, '');
    INSERT INTO outside VALUES (OLD.task_id);
END;
CREATE TRIGGER outside_report_added AFTER INSERT ON report WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside_change VALUES ('report', '', NEW.text);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_report_changed AFTER UPDATE ON report WHEN NEW.event_seq IS OLD.event_seq
BEGIN
    INSERT INTO outside_change VALUES
        ('report', OLD.text, NEW.text),
        ('report.period_start', OLD.period_start, NEW.period_start),
        ('report.period_end', OLD.period_end, NEW.period_end),
        ('report.region', OLD.region_id, NEW.region_id),
        ('report.department', OLD.department_id, NEW.department_id),
        ('report.problems', OLD.problems, NEW.problems),
        ('report.next_step', OLD.next_step, NEW.next_step),
        ('report.percent', OLD.percent, NEW.percent),
        ('report.progress', OLD.progress, NEW.progress),
        ('report.reporter', OLD.reporter, NEW.reporter);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_report_left AFTER DELETE ON report
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside_change VALUES ('report', OLD.text, '');
    INSERT INTO outside VALUES (OLD.task_id);
END;
CREATE TRIGGER outside_notice_added AFTER INSERT ON notice WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside_change VALUES ('notice', '', NEW.level);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_notice_changed AFTER UPDATE ON notice WHEN NEW.event_seq IS OLD.event_seq
BEGIN
    INSERT INTO outside_change VALUES
        ('notice', OLD.level, NEW.level),
        ('notice.document', OLD.document, NEW.document),
        ('notice.issuer', OLD.issuer, NEW.issuer),
        ('notice.reason', OLD.reason, NEW.reason),
        ('notice.issued_on', OLD.issued_on, NEW.issued_on),
        ('notice.reply_due', OLD.reply_due, NEW.reply_due),
        ('notice.replied_on', OLD.replied_on, NEW.replied_on),
        ('notice.reply', OLD.reply, NEW.reply),
        ('notice.lifted_on', OLD.lifted_on, NEW.lifted_on);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_notice_left AFTER DELETE ON notice
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside_change VALUES ('notice', OLD.level, '');
    INSERT INTO outside VALUES (OLD.task_id);
END;
CREATE TRIGGER outside_review_added AFTER INSERT ON review WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside_change VALUES ('review', '', NEW.result);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_review_changed AFTER UPDATE ON review WHEN NEW.event_seq IS OLD.event_seq
BEGIN
    INSERT INTO outside_change VALUES
        ('review', OLD.result, NEW.result),
        ('review.level', OLD.level, NEW.level),
        ('review.conclusion', OLD.conclusion, NEW.conclusion),
        ('review.department', OLD.department_id, NEW.department_id),
        ('review.reviewer', OLD.reviewer, NEW.reviewer),
        ('review.reviewed_on', OLD.reviewed_on, NEW.reviewed_on);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_review_left AFTER DELETE ON review
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside_change VALUES ('review', OLD.result, '');
    INSERT INTO outside VALUES (OLD.task_id);
END;
CREATE TRIGGER outside_publicity_added AFTER INSERT ON publicity WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside_change VALUES ('publicity', '', NEW.starts_on);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_publicity_changed AFTER UPDATE ON publicity WHEN NEW.event_seq IS OLD.event_seq
BEGIN
    INSERT INTO outside_change VALUES
        ('publicity', OLD.starts_on, NEW.starts_on),
        ('publicity.ends_on', OLD.ends_on, NEW.ends_on),
        ('publicity.days', OLD.days, NEW.days),
        ('publicity.day_kind', OLD.day_kind, NEW.day_kind),
        ('publicity.medium', OLD.medium, NEW.medium),
        ('publicity.office', OLD.office, NEW.office),
        ('publicity.phone', OLD.phone, NEW.phone),
        ('publicity.address', OLD.address, NEW.address),
        ('publicity.email', OLD.email, NEW.email),
        ('publicity.results', OLD.results, NEW.results);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_publicity_left AFTER DELETE ON publicity
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside_change VALUES ('publicity', OLD.starts_on, '');
    INSERT INTO outside VALUES (OLD.task_id);
END;
CREATE TRIGGER outside_objection_added AFTER INSERT ON objection WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside_change VALUES ('objection', '', NEW.text);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_objection_changed AFTER UPDATE ON objection WHEN NEW.event_seq IS OLD.event_seq
BEGIN
    INSERT INTO outside_change VALUES
        ('objection', OLD.text, NEW.text),
        ('objection.raised_on', OLD.raised_on, NEW.raised_on),
        ('objection.channel', OLD.channel, NEW.channel),
        ('objection.raiser', OLD.raiser, NEW.raiser),
        ('objection.settled_on', OLD.settled_on, NEW.settled_on),
        ('objection.settlement', OLD.settlement, NEW.settlement),
        ('objection.upheld', OLD.upheld, NEW.upheld);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_objection_left AFTER DELETE ON objection
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside_change VALUES ('objection', OLD.text, '');
    INSERT INTO outside VALUES (OLD.task_id);
END;
CREATE TRIGGER outside_extension_added AFTER INSERT ON extension WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside_change VALUES ('extension', '', NEW.new_deadline);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_extension_changed AFTER UPDATE ON extension WHEN NEW.event_seq IS OLD.event_seq
BEGIN
    INSERT INTO outside_change VALUES
        ('extension', OLD.new_deadline, NEW.new_deadline),
        ('extension.old_deadline', OLD.old_deadline, NEW.old_deadline),
        ('extension.reason', OLD.reason, NEW.reason),
        ('extension.asked_on', OLD.asked_on, NEW.asked_on),
        ('extension.asked_by', OLD.asked_by, NEW.asked_by),
        ('extension.decided_on', OLD.decided_on, NEW.decided_on),
        ('extension.decided_by', OLD.decided_by, NEW.decided_by),
        ('extension.approved', OLD.approved, NEW.approved),
        ('extension.comment', OLD.comment, NEW.comment);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_extension_left AFTER DELETE ON extension
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside_change VALUES ('extension', OLD.new_deadline, '');
    INSERT INTO outside VALUES (OLD.task_id);
END;
CREATE TRIGGER touched_source_added AFTER INSERT ON source
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_source_changed AFTER UPDATE ON source
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_source_left AFTER DELETE ON source
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_region_added AFTER INSERT ON region
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_region_changed AFTER UPDATE ON region
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_region_left AFTER DELETE ON region
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_department_added AFTER INSERT ON department
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_department_changed AFTER UPDATE ON department
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_department_left AFTER DELETE ON department
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_sponsor_added AFTER INSERT ON sponsor
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_sponsor_changed AFTER UPDATE ON sponsor
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_sponsor_left AFTER DELETE ON sponsor
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_duty_added AFTER INSERT ON duty
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_duty_changed AFTER UPDATE ON duty
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE TRIGGER touched_duty_left AFTER DELETE ON duty
BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'touched';
END;
CREATE INDEX region_below ON region_above (above_id, region_id);
CREATE VIEW region_path AS
WITH RECURSIVE path (region_id, above_id) AS (
    SELECT id, id FROM region
    UNION
    SELECT path.region_id, up.id
    FROM path JOIN region r ON r.id = path.above_id JOIN region up ON up.id = r.parent_id
)
SELECT region_id, above_id FROM path;
CREATE TRIGGER tally_place_none AFTER UPDATE OF n ON tally_place WHEN NEW.n = 0
BEGIN
    DELETE FROM tally_place WHERE place_id = NEW.place_id AND own = NEW.own AND lead_id = NEW.lead_id;
END;
CREATE TRIGGER tally_due_none AFTER UPDATE OF n ON tally_due WHEN NEW.n = 0
BEGIN
    DELETE FROM tally_due
    WHERE due_on = NEW.due_on AND place_id = NEW.place_id AND own = NEW.own AND lead_id = NEW.lead_id;
END;
CREATE TRIGGER tally_owed_none AFTER UPDATE OF n ON tally_owed WHEN NEW.n = 0
BEGIN
    DELETE FROM tally_owed
    WHERE source_id = NEW.source_id AND reported_on = NEW.reported_on AND place_id = NEW.place_id
      AND own = NEW.own AND lead_id = NEW.lead_id;
END;
CREATE VIEW tally_step AS
SELECT place_id, own, lead_id, 0 AS source_id, '' AS due_on, '' AS reported_on, n, open, behind, 0 AS due, 0 AS owed
FROM tally_place;
CREATE TRIGGER tally_stepped INSTEAD OF INSERT ON tally_step
BEGIN
    INSERT INTO tally_place
    SELECT NEW.place_id, NEW.own, NEW.lead_id, NEW.n, NEW.open, NEW.behind
    WHERE NEW.n <> 0 OR NEW.open <> 0 OR NEW.behind <> 0
    ON CONFLICT DO UPDATE SET n = n + excluded.n, open = open + excluded.open, behind = behind + excluded.behind;
    INSERT INTO tally_due
    SELECT NEW.due_on, NEW.place_id, NEW.own, NEW.lead_id, NEW.due WHERE NEW.due <> 0
    ON CONFLICT DO UPDATE SET n = n + excluded.n;
    INSERT INTO tally_owed
    SELECT NEW.source_id, NEW.reported_on, NEW.place_id, NEW.own, NEW.lead_id, NEW.owed WHERE NEW.owed <> 0
    ON CONFLICT DO UPDATE SET n = n + excluded.n;
END;
CREATE VIEW task_place AS
SELECT r.task_id, a.above_id AS place_id, 0 AS own
FROM task_region r JOIN region_above a ON a.region_id = r.region_id
WHERE NOT EXISTS (SELECT 1 FROM task_region o CROSS JOIN region_above b
                  WHERE o.task_id = r.task_id AND o.region_id < r.region_id
                    AND b.region_id = o.region_id AND b.above_id = a.above_id)
UNION ALL
SELECT r.task_id, r.region_id, 1
FROM task_region r JOIN region_above a ON a.region_id = r.region_id AND a.above_id = r.region_id
WHERE EXISTS (SELECT 1 FROM region_above b WHERE b.above_id = r.region_id AND b.region_id <> r.region_id);
CREATE VIEW task_count AS
SELECT id AS task_id, coalesce(lead_id, 0) AS lead_id, source_id, due_on, reported_on, 1 AS n,
       is_open AS open, is_open AND progress = 'behind' AS behind, is_open AND due_on < '9999-12-31' AS due,
       is_open AS owed
FROM task;
CREATE VIEW task_step AS
SELECT p.task_id, p.place_id, p.own, c.lead_id, c.source_id, c.due_on, c.reported_on, c.n, c.open, c.behind,
       c.due, c.owed
FROM task_place p JOIN task_count c ON c.task_id = p.task_id;
CREATE VIEW task_region_step AS
SELECT c.task_id, a.region_id, a.above_id AS place_id, 0 AS own, c.lead_id, c.source_id, c.due_on,
       c.reported_on, c.n, c.open, c.behind, c.due, c.owed
FROM task_count c JOIN region_above a
WHERE NOT EXISTS (SELECT 1 FROM task_region o CROSS JOIN region_above b
                  WHERE o.task_id = c.task_id AND o.region_id <> a.region_id
                    AND b.region_id = o.region_id AND b.above_id = a.above_id)
UNION ALL
SELECT c.task_id, a.region_id, a.region_id, 1, c.lead_id, c.source_id, c.due_on, c.reported_on, c.n, c.open,
       c.behind, c.due, c.owed
FROM task_count c JOIN region_above a ON a.above_id = a.region_id
WHERE EXISTS (SELECT 1 FROM region_above b WHERE b.above_id = a.region_id AND b.region_id <> a.region_id);
CREATE TRIGGER task_region_again BEFORE INSERT ON task_region
    WHEN EXISTS (SELECT 1 FROM task_region WHERE region_id = NEW.region_id AND task_id = NEW.task_id)
BEGIN
    UPDATE task_region
    SET position = iif(NEW.position = 0 AND EXISTS (SELECT 1 FROM task WHERE id = NEW.task_id AND region_id <> NEW.region_id),
                       position, NEW.position),
        event_seq = coalesce(NEW.event_seq, event_seq)
    WHERE region_id = NEW.region_id AND task_id = NEW.task_id;
    SELECT RAISE(IGNORE);
END;
CREATE TRIGGER task_region_behind AFTER INSERT ON task_region
    WHEN NEW.position = 0
     AND EXISTS (SELECT 1 FROM task WHERE id = NEW.task_id AND region_id <> NEW.region_id)
BEGIN
    UPDATE task_region
    SET position = (SELECT max(o.position) + 1 FROM task_region o WHERE o.task_id = NEW.task_id)
    WHERE region_id = NEW.region_id AND task_id = NEW.task_id;
END;
CREATE TRIGGER task_region_added AFTER INSERT ON task_region
BEGIN
    INSERT INTO tally_place
    SELECT place_id, own, lead_id, n, open, behind FROM task_region_step
    WHERE task_id = NEW.task_id AND region_id = NEW.region_id
    ON CONFLICT DO UPDATE SET n = n + excluded.n, open = open + excluded.open, behind = behind + excluded.behind;
END;
CREATE TRIGGER task_region_added_open AFTER INSERT ON task_region
    WHEN (SELECT is_open FROM task WHERE id = NEW.task_id) = 1
BEGIN
    INSERT INTO tally_due
    SELECT due_on, place_id, own, lead_id, due FROM task_region_step
    WHERE task_id = NEW.task_id AND region_id = NEW.region_id AND due = 1
    ON CONFLICT DO UPDATE SET n = n + excluded.n;
    INSERT INTO tally_owed
    SELECT source_id, reported_on, place_id, own, lead_id, owed FROM task_region_step
    WHERE task_id = NEW.task_id AND region_id = NEW.region_id
    ON CONFLICT DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER task_region_removed AFTER DELETE ON task_region
BEGIN
    INSERT INTO tally_place
    SELECT place_id, own, lead_id, -n, -open, -behind FROM task_region_step
    WHERE task_id = OLD.task_id AND region_id = OLD.region_id
    ON CONFLICT DO UPDATE SET n = n + excluded.n, open = open + excluded.open, behind = behind + excluded.behind;
END;
CREATE TRIGGER task_region_removed_open AFTER DELETE ON task_region
    WHEN (SELECT is_open FROM task WHERE id = OLD.task_id) = 1
BEGIN
    INSERT INTO tally_due
    SELECT due_on, place_id, own, lead_id, -due FROM task_region_step
    WHERE task_id = OLD.task_id AND region_id = OLD.region_id AND due = 1
    ON CONFLICT DO UPDATE SET n = n + excluded.n;
    INSERT INTO tally_owed
    SELECT source_id, reported_on, place_id, own, lead_id, -owed FROM task_region_step
    WHERE task_id = OLD.task_id AND region_id = OLD.region_id
    ON CONFLICT DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER task_totalled
    AFTER UPDATE OF source_id, state, returned, deadline, deadline_kind, assigned_on, reported_on ON task
    WHEN (NEW.source_id, NEW.state, NEW.returned, NEW.due_on, NEW.reported_on)
      IS NOT (OLD.source_id, OLD.state, OLD.returned, OLD.due_on, OLD.reported_on)
BEGIN
    UPDATE tally_total SET n = n - 1
    WHERE state = OLD.state AND source_id = OLD.source_id AND returned = OLD.returned
      AND due_on = iif(OLD.is_open, OLD.due_on, '') AND reported_on = iif(OLD.is_open, OLD.reported_on, '');
    DELETE FROM tally_total
    WHERE state = OLD.state AND source_id = OLD.source_id AND returned = OLD.returned
      AND due_on = iif(OLD.is_open, OLD.due_on, '') AND reported_on = iif(OLD.is_open, OLD.reported_on, '')
      AND n = 0;
    INSERT INTO tally_total
    VALUES (NEW.state, NEW.source_id, NEW.returned, iif(NEW.is_open, NEW.due_on, ''),
            iif(NEW.is_open, NEW.reported_on, ''), 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER task_counted
    AFTER UPDATE OF source_id, state, progress, lead_id, deadline, deadline_kind, assigned_on, reported_on, region_id ON task
    WHEN (NEW.source_id, NEW.is_open, NEW.is_open AND NEW.progress = 'behind', NEW.lead_id, NEW.due_on,
          NEW.reported_on, NEW.region_id)
      IS NOT (OLD.source_id, OLD.is_open, OLD.is_open AND OLD.progress = 'behind', OLD.lead_id, OLD.due_on,
              OLD.reported_on, OLD.region_id)
BEGIN
    INSERT INTO tally_place
    SELECT place_id, own, coalesce(OLD.lead_id, 0), -1, -OLD.is_open, -(OLD.is_open AND OLD.progress = 'behind')
    FROM task_place WHERE task_id = OLD.id AND NEW.lead_id IS NOT OLD.lead_id
    ON CONFLICT DO UPDATE SET n = n + excluded.n, open = open + excluded.open, behind = behind + excluded.behind;
    INSERT INTO tally_place
    SELECT place_id, own, coalesce(NEW.lead_id, 0), 1, NEW.is_open, NEW.is_open AND NEW.progress = 'behind'
    FROM task_place WHERE task_id = NEW.id AND NEW.lead_id IS NOT OLD.lead_id
    ON CONFLICT DO UPDATE SET n = n + excluded.n, open = open + excluded.open, behind = behind + excluded.behind;
    INSERT INTO tally_place
    SELECT place_id, own, coalesce(NEW.lead_id, 0), 0, NEW.is_open - OLD.is_open,
           (NEW.is_open AND NEW.progress = 'behind') - (OLD.is_open AND OLD.progress = 'behind')
    FROM task_place
    WHERE task_id = NEW.id AND NEW.lead_id IS OLD.lead_id
      AND (NEW.is_open, NEW.is_open AND NEW.progress = 'behind')
       IS NOT (OLD.is_open, OLD.is_open AND OLD.progress = 'behind')
    ON CONFLICT DO UPDATE SET open = open + excluded.open, behind = behind + excluded.behind;

    INSERT INTO tally_due
    SELECT OLD.due_on, place_id, own, coalesce(OLD.lead_id, 0), -1
    FROM task_place
    WHERE task_id = OLD.id AND OLD.is_open AND OLD.due_on < '9999-12-31'
      AND (NEW.is_open, NEW.due_on, NEW.lead_id) IS NOT (OLD.is_open, OLD.due_on, OLD.lead_id)
    ON CONFLICT DO UPDATE SET n = n + excluded.n;
    INSERT INTO tally_due
    SELECT NEW.due_on, place_id, own, coalesce(NEW.lead_id, 0), 1
    FROM task_place
    WHERE task_id = NEW.id AND NEW.is_open AND NEW.due_on < '9999-12-31'
      AND (NEW.is_open, NEW.due_on, NEW.lead_id) IS NOT (OLD.is_open, OLD.due_on, OLD.lead_id)
    ON CONFLICT DO UPDATE SET n = n + excluded.n;

    INSERT INTO tally_owed
    SELECT OLD.source_id, OLD.reported_on, place_id, own, coalesce(OLD.lead_id, 0), -1
    FROM task_place
    WHERE task_id = OLD.id AND OLD.is_open
      AND (NEW.is_open, NEW.source_id, NEW.reported_on, NEW.lead_id)
       IS NOT (OLD.is_open, OLD.source_id, OLD.reported_on, OLD.lead_id)
    ON CONFLICT DO UPDATE SET n = n + excluded.n;
    INSERT INTO tally_owed
    SELECT NEW.source_id, NEW.reported_on, place_id, own, coalesce(NEW.lead_id, 0), 1
    FROM task_place
    WHERE task_id = NEW.id AND NEW.is_open
      AND (NEW.is_open, NEW.source_id, NEW.reported_on, NEW.lead_id)
       IS NOT (OLD.is_open, OLD.source_id, OLD.reported_on, OLD.lead_id)
    ON CONFLICT DO UPDATE SET n = n + excluded.n;

    UPDATE task_region SET event_seq = -1
    WHERE region_id = OLD.region_id AND task_id = OLD.id AND NEW.region_id <> OLD.region_id AND position = 0;
    DELETE FROM task_region
    WHERE region_id = OLD.region_id AND task_id = OLD.id AND NEW.region_id <> OLD.region_id AND position = 0;
    INSERT INTO task_region (region_id, task_id, position, event_seq)
    SELECT NEW.region_id, NEW.id, 0, 0 WHERE NEW.region_id <> OLD.region_id;
END;
CREATE TRIGGER region_meets BEFORE INSERT ON region
    WHEN EXISTS (SELECT 1 FROM region WHERE id = NEW.id)
      OR EXISTS (SELECT 1 FROM region WHERE code = NEW.code)
      OR EXISTS (SELECT 1 FROM region_met)
BEGIN
    DELETE FROM region_met;
    INSERT INTO region_met SELECT id FROM region WHERE id = NEW.id;
    INSERT INTO region_met SELECT id FROM region WHERE code = NEW.code ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER region_replaced AFTER INSERT ON region WHEN EXISTS (SELECT 1 FROM region_met)
BEGIN
    SELECT RAISE(ABORT, 'region: use INSERT .. ON CONFLICT DO UPDATE; REPLACE would lose its counts');
END;
CREATE TRIGGER region_renamed BEFORE UPDATE OF id, code ON region
    WHEN NEW.id <> OLD.id OR EXISTS (SELECT 1 FROM region WHERE code = NEW.code AND id <> OLD.id)
BEGIN
    SELECT RAISE(ABORT, 'region: the id stays, and no other region may have the code');
END;
CREATE TRIGGER region_added AFTER INSERT ON region
BEGIN
    INSERT INTO tally_step
    SELECT place_id, own, lead_id, source_id, due_on, reported_on, -n, -open, -behind, -due, -owed
    FROM task_step
    WHERE task_id IN (SELECT task_id FROM task_region
                      WHERE region_id IN (SELECT x.region_id FROM region c JOIN region_above x ON x.above_id = c.id
                                          WHERE c.parent_id = NEW.id
                                          UNION ALL SELECT NEW.id UNION ALL SELECT NEW.parent_id));
    INSERT INTO region_above VALUES (NEW.id, NEW.id);
    INSERT INTO region_above
    SELECT NEW.id, above_id FROM region_above WHERE region_id = NEW.parent_id
    ON CONFLICT DO NOTHING;
    INSERT INTO region_above
    SELECT x.region_id, a.above_id
    FROM region c JOIN region_above x ON x.above_id = c.id JOIN region_above a ON a.region_id = NEW.id
    WHERE c.parent_id = NEW.id
    ON CONFLICT DO NOTHING;
    SELECT RAISE(ABORT, 'region: none lies in itself') WHERE EXISTS
        (SELECT 1 FROM region_above WHERE region_id = NEW.parent_id AND above_id = NEW.id);
    INSERT INTO tally_step
    SELECT place_id, own, lead_id, source_id, due_on, reported_on, n, open, behind, due, owed
    FROM task_step
    WHERE task_id IN (SELECT task_id FROM task_region
                      WHERE region_id IN (SELECT region_id FROM region_above WHERE above_id = NEW.id
                                          UNION ALL SELECT NEW.parent_id));
END;
CREATE TRIGGER region_moved AFTER UPDATE OF parent_id ON region WHEN NEW.parent_id IS NOT OLD.parent_id
BEGIN
    SELECT RAISE(ABORT, 'region: none lies in itself') WHERE EXISTS
        (SELECT 1 FROM region_above WHERE region_id = NEW.parent_id AND above_id = NEW.id);
    INSERT INTO tally_step
    SELECT place_id, own, lead_id, source_id, due_on, reported_on, -n, -open, -behind, -due, -owed
    FROM task_step
    WHERE task_id IN (SELECT task_id FROM task_region
                      WHERE region_id IN (SELECT region_id FROM region_above WHERE above_id = NEW.id
                                          UNION ALL SELECT OLD.parent_id UNION ALL SELECT NEW.parent_id));
    DELETE FROM region_above;
    INSERT INTO region_above SELECT region_id, above_id FROM region_path;
    INSERT INTO tally_step
    SELECT place_id, own, lead_id, source_id, due_on, reported_on, n, open, behind, due, owed
    FROM task_step
    WHERE task_id IN (SELECT task_id FROM task_region
                      WHERE region_id IN (SELECT region_id FROM region_above WHERE above_id = NEW.id
                                          UNION ALL SELECT OLD.parent_id UNION ALL SELECT NEW.parent_id));
END;
CREATE TRIGGER region_left AFTER DELETE ON region
BEGIN
    INSERT INTO tally_step
    SELECT place_id, own, lead_id, source_id, due_on, reported_on, -n, -open, -behind, -due, -owed
    FROM task_step
    WHERE task_id IN (SELECT task_id FROM task_region
                      WHERE region_id IN (SELECT region_id FROM region_above WHERE above_id = OLD.id
                                          UNION ALL SELECT OLD.parent_id));
    DELETE FROM region_above;
    INSERT INTO region_above SELECT region_id, above_id FROM region_path;
    INSERT INTO tally_step
    SELECT place_id, own, lead_id, source_id, due_on, reported_on, n, open, behind, due, owed
    FROM task_step
    WHERE task_id IN (SELECT task_id FROM task_region
                      WHERE region_id IN (SELECT x.region_id FROM region c JOIN region_above x ON x.above_id = c.id
                                          WHERE c.parent_id = OLD.id
                                          UNION ALL SELECT OLD.id UNION ALL SELECT OLD.parent_id));
END;
CREATE VIEW tally_recount AS
WITH alike AS (
    SELECT r.region_id, c.lead_id, c.source_id, iif(c.open, c.due_on, '') AS due_on,
           iif(c.open, c.reported_on, '') AS reported_on, sum(c.n) AS n, sum(c.open) AS open,
           sum(c.behind) AS behind, sum(c.due) AS due, sum(c.owed) AS owed
    FROM task_count c JOIN task_region r ON r.task_id = c.task_id
    WHERE NOT EXISTS (SELECT 1 FROM task_region o WHERE o.task_id = r.task_id AND o.region_id <> r.region_id)
    GROUP BY 1, 2, 3, 4, 5
)
SELECT a.above_id AS place_id, 0 AS own, lead_id, source_id, due_on, reported_on, n, open, behind, due, owed
FROM alike JOIN region_above a ON a.region_id = alike.region_id
UNION ALL
SELECT a.above_id, 1, lead_id, source_id, due_on, reported_on, n, open, behind, due, owed
FROM alike JOIN region_above a ON a.region_id = alike.region_id AND a.above_id = alike.region_id
WHERE EXISTS (SELECT 1 FROM region_above b WHERE b.above_id = a.region_id AND b.region_id <> a.region_id)
UNION ALL
SELECT place_id, own, lead_id, source_id, due_on, reported_on, n, open, behind, due, owed
FROM task_step
WHERE task_id IN (SELECT task_id FROM task_region GROUP BY task_id HAVING count(*) > 1);
CREATE VIEW board_count AS
SELECT r.code AS region_code, r.name AS region, coalesce(d.name, '') AS lead, s.code AS source, y.state,
       y.due_on, y.n
FROM (SELECT x.region_id, t.lead_id, t.source_id, t.state,
             iif(t.is_open, nullif(t.due_on, '9999-12-31'), NULL) AS due_on, count(*) AS n
      FROM task t JOIN task_region x ON x.task_id = t.id
      GROUP BY 1, 2, 3, 4, 5) y
JOIN region r ON r.id = y.region_id
JOIN source s ON s.id = y.source_id
LEFT JOIN department d ON d.id = y.lead_id;
CREATE INDEX event_change_life ON event_change (seq, field, before)
    WHERE field = 'deadline' OR (field = 'deadline_kind' AND before <> '')
       OR (field = 'assigned_on' AND before <> '') OR (field = 'state' AND before = 'closed');
CREATE INDEX report_period ON report (period_start, task_id, reported_at);
CREATE INDEX event_sent_back ON event (at, task_id) WHERE action = 'return' OR action = 'settle';
CREATE INDEX notice_issued ON notice (issued_on, task_id);
CREATE INDEX publicity_started ON publicity (starts_on, task_id);
CREATE TRIGGER task_left_targets AFTER DELETE ON task
BEGIN
    DELETE FROM target WHERE task_id = OLD.id;
END;
CREATE TRIGGER outside_target_added AFTER INSERT ON target WHEN NEW.event_seq IS NULL
BEGIN
    INSERT INTO outside_change VALUES ('target', '', NEW.text);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_target_changed AFTER UPDATE ON target WHEN NEW.event_seq IS OLD.event_seq
BEGIN
    INSERT INTO outside_change VALUES
        ('target', OLD.text, NEW.text),
        ('target.position', OLD.position, NEW.position),
        ('value', OLD.value, NEW.value),
        ('unit', OLD.unit, NEW.unit),
        ('by', OLD.by_on, NEW.by_on),
        ('by_raw', OLD.by_raw, NEW.by_raw);
    INSERT INTO outside VALUES (NEW.task_id);
END;
CREATE TRIGGER outside_target_left AFTER DELETE ON target
    WHEN coalesce(OLD.event_seq, 0) >= 0 AND EXISTS (SELECT 1 FROM task WHERE id = OLD.task_id)
BEGIN
    INSERT INTO outside_change VALUES ('target', OLD.text, '');
    INSERT INTO outside VALUES (OLD.task_id);
END;
CREATE TRIGGER search_target_added AFTER INSERT ON target
BEGIN
    INSERT INTO search_stale VALUES (NEW.task_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_target_changed AFTER UPDATE OF text ON target WHEN NEW.text <> OLD.text
BEGIN
    INSERT INTO search_stale VALUES (NEW.task_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_target_removed AFTER DELETE ON target
BEGIN
    INSERT INTO search_stale VALUES (OLD.task_id) ON CONFLICT DO NOTHING;
END;
PRAGMA writable_schema=OFF;
COMMIT;
