//! What people read: the transcript's sentences and the app's labels, in both languages.

use serde_json::{Value, json};

use crate::call::Caller;
use crate::options::Lang;

/// First letter of the calls of somebody who does not come through the PBX.
const OTHER: char = 'o';

/// A sentence for an event, or none where it would only be noise.
pub fn event(lang: Lang, at: &str, what: &str, with: &Value) -> Option<String> {
    let text = |name: &str| with.get(name).and_then(Value::as_str).unwrap_or_default();
    let ms = with.get("ms").and_then(Value::as_u64).unwrap_or_default();
    let (key, number) = (text("key"), text("number"));
    let all_three = with["legs"].as_array().is_some_and(|legs| legs.len() == 3);
    let second = text("call").starts_with(OTHER);
    let ru = match (at, what) {
        ("binder", "ring") if second => "Второй звонок: ещё кто-то звонит сотруднику".into(),
        ("binder", "ring") => format!("АТС переадресовала клиента на мобильный: телефон звонит ({number})"),
        ("binder", "answer") => "Сотрудник ответил: клиент и сотрудник говорят".into(),
        ("app", "tap") => format!("Сотрудник нажал «{}»", text("text")),
        ("binder", "tone_off") => format!("   телефон отправил тон {key}  {ms} мс"),
        ("binder", "hold") => "Телефон поставил звонок на удержание".into(),
        ("binder", "disconnect") if second => "Второй звонок отклонён".into(),
        ("binder", "disconnect") => "Телефон положил трубку".into(),
        ("line", "dropped") => "Сеть оборвала звонок".into(),
        ("pbx", "decoded") => format!("   АТС услышала    {key}  {ms} мс"),
        ("pbx", "feature") => "АТС: это код перевода".into(),
        ("pbx", "music") => "АТС: клиент слышит музыку и не слышит сотрудника".into(),
        ("pbx", "target") => format!("АТС: звоню коллеге на номер {number}"),
        ("pbx", "consult") => "АТС: коллега ответил и говорит с сотрудником, клиент слышит музыку".into(),
        ("pbx", "joined") if all_three => "АТС: теперь говорят все трое".into(),
        ("pbx", "joined") => "АТС: клиент и коллега соединены".into(),
        ("pbx", "returned") => "АТС: клиент снова говорит с сотрудником".into(),
        ("pbx", "lost") => "АТС: клиент потерян".into(),
        ("pbx", "leaked") => format!("   клиент услышал тон {key}"),
        _ => return None,
    };
    let en = match (at, what) {
        ("binder", "ring") if second => "A second call: somebody else rings the employee".into(),
        ("binder", "ring") => format!("The PBX forwarded the client to the mobile: the phone rings ({number})"),
        ("binder", "answer") => "The employee answered: client and employee talk".into(),
        ("app", "tap") => format!("The employee tapped \"{}\"", text("text")),
        ("binder", "tone_off") => format!("   the phone sent the tone {key}  {ms} ms"),
        ("binder", "hold") => "The phone put the call on hold".into(),
        ("binder", "disconnect") if second => "The second call is declined".into(),
        ("binder", "disconnect") => "The phone hung up".into(),
        ("line", "dropped") => "The network dropped the call".into(),
        ("pbx", "decoded") => format!("   the PBX heard         {key}  {ms} ms"),
        ("pbx", "feature") => "PBX: that is the transfer code".into(),
        ("pbx", "music") => "PBX: the client hears music and cannot hear the employee".into(),
        ("pbx", "target") => format!("PBX: calling the colleague, number {number}"),
        ("pbx", "consult") => "PBX: the colleague answered and talks to the employee, the client hears music".into(),
        ("pbx", "joined") if all_three => "PBX: now all three talk".into(),
        ("pbx", "joined") => "PBX: client and colleague are connected".into(),
        ("pbx", "returned") => "PBX: the client talks to the employee again".into(),
        ("pbx", "lost") => "PBX: the client is lost".into(),
        ("pbx", "leaked") => format!("   the client heard the tone {key}"),
        _ => return None,
    };
    Some(if lang == Lang::Ru { ru } else { en })
}

/// That a call goes through a network other than the ideal one.
pub fn network(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Ru => format!("Звонок идёт через сеть {name} (имитация, docs/networks.md)"),
        Lang::En => format!("The call goes through the network {name} (simulated, docs/networks.md)"),
    }
}

/// A colleague in the app.
pub struct Colleague {
    /// Name, as its tile shows it.
    pub name: &'static str,
    /// Extension.
    pub number: &'static str,
    /// Department.
    pub department: &'static str,
    /// Shown first.
    pub pinned: bool,
}

impl Colleague {
    /// As the phone is told to keep them (docs/desk-protocol.md).
    pub fn entry(&self) -> Value {
        let Self { name, number, department, pinned } = self;
        json!({ "name": name, "number": number, "department": department, "pinned": pinned })
    }
}

/// Everything the story needs to say or to tap.
pub struct Words {
    /// The client, who calls the company.
    pub client: Caller,
    /// Another caller.
    pub other: Caller,
    /// The company's people.
    pub colleagues: [Colleague; 6],
    /// Labels of the app.
    pub answer: &'static str,
    pub decline: &'static str,
    pub number: &'static str,
    pub pass: &'static str,
    /// Before the number, when it is asked about once.
    pub pass_to: &'static str,
    pub connect: &'static str,
    pub back: &'static str,
    pub cancel: &'static str,
    pub still_hear: &'static str,
    pub retry: &'static str,
    pub go_on: &'static str,
    pub keypad: &'static str,
    pub red: &'static str,
    /// The story's own sentences.
    pub starting: &'static str,
    pub open_page: &'static str,
    pub stopped: &'static str,
    pub guarded: &'static str,
    pub line_lost: &'static str,
    pub files: &'static str,
    pub kept: &'static str,
}

const fn colleague(name: &'static str, number: &'static str, department: &'static str, pinned: bool) -> Colleague {
    Colleague { name, number, department, pinned }
}

/// Somebody whose calls the PBX forwards to the mobile.
const fn client(name: &'static str) -> Caller {
    Caller { letter: 'c', name, number: "+79452104836", forwarded_from: Some("+74950123000") }
}

const fn other(name: &'static str) -> Caller {
    Caller { letter: OTHER, name, number: "+79161234567", forwarded_from: None }
}

const RU: Words = Words {
    client: client("Ольга Крылова"),
    other: other("Павел Титов"),
    colleagues: [
        colleague("Анна Петрова", "204", "Бухгалтерия", true),
        colleague("Игорь Лапин", "112", "Склад", true),
        colleague("Марина Ким", "207", "Продажи", false),
        colleague("Денис Воронов", "215", "Сервис", false),
        colleague("Светлана Юрьева", "101", "Юристы", false),
        colleague("Отдел доставки", "300", "", false),
    ],
    answer: "Ответить",
    decline: "Отклонить",
    number: "Номер",
    pass: "Передать клиента",
    pass_to: "Передать на",
    connect: "Соединить",
    back: "Вернуться к клиенту",
    cancel: "Отмена",
    still_hear: "Всё ещё слышите клиента?",
    retry: "Отправить код ещё раз, медленнее",
    go_on: "Продолжить разговор",
    keypad: "Клавиши",
    red: "Положить трубку",
    starting: "Включаем телефон (настоящее приложение, около 10 секунд)…",
    open_page: "Телефон включён. Откройте в браузере (Ctrl+C завершает):",
    stopped: "остановлено, телефон ещё не включился",
    guarded: "Первые 0,4 с кнопка не принимает касаний (чтобы двойное касание плитки не отменило перевод): ждём",
    line_lost: "Помеха на линии: первый знак кода до АТС не дойдёт",
    files: "Снимки экрана, звук (tones.wav) и события",
    kept: "Телефон выключен. Что было, записано здесь",
};

const EN: Words = Words {
    client: client("Olga Krylova"),
    other: other("Pavel Titov"),
    colleagues: [
        colleague("Anna Petrova", "204", "Accounts", true),
        colleague("Igor Lapin", "112", "Warehouse", true),
        colleague("Marina Kim", "207", "Sales", false),
        colleague("Denis Voronov", "215", "Service", false),
        colleague("Svetlana Yurieva", "101", "Legal", false),
        colleague("Delivery desk", "300", "", false),
    ],
    answer: "Answer",
    decline: "Decline",
    number: "Number",
    pass: "Pass the client",
    pass_to: "Pass to",
    connect: "Connect",
    back: "Back to the client",
    cancel: "Cancel",
    still_hear: "Still hear the client?",
    retry: "Send the code again, slower",
    go_on: "Go on talking",
    keypad: "Keypad",
    red: "Hang up",
    starting: "Switching the phone on (the real app, about 10 seconds)…",
    open_page: "The phone is on. Open this in a browser (Ctrl+C ends it):",
    stopped: "stopped before the phone was on",
    guarded: "For the first 0.4 s the button takes no touch (a double tap on the tile must not cancel): waiting",
    line_lost: "A disturbance on the line: the first symbol of the code will not reach the PBX",
    files: "Screenshots, sound (tones.wav) and events",
    kept: "The phone is off. What happened is kept here",
};

impl Words {
    /// The words of a language.
    pub fn of(lang: Lang) -> &'static Self {
        if lang == Lang::Ru { &RU } else { &EN }
    }
}
