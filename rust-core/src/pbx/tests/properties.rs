//! What must hold whatever people, phones and the network do: random scripts against a judge who
//! knows legs and events, not the machine.

use super::*;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// One thing that happens, so many ms after the one before.
type Step = (u64, Act);

#[derive(Debug, Clone)]
enum Act {
    /// Symbols of 80/80.
    Keys(String),
    Happens(Input),
}

fn act() -> impl Strategy<Value = Act> {
    let input = prop_oneof![
        Just(Input::Tick),
        Just(Input::ClientHangsUp),
        Just(Input::EmployeeHangsUp),
        Just(Input::ColleagueAnswers),
        Just(Input::ColleagueHangsUp),
        failure().prop_map(Input::ColleagueFails),
    ];
    prop_oneof![
        4 => "(\\*[123]|[*#][0-9*#]?)".prop_map(Act::Keys),
        2 => "(\\*#|##)(20[4-7]|9|)#?".prop_map(Act::Keys),
        1 => "[0-9*#A]{1,3}".prop_map(Act::Keys),
        3 => input.prop_map(Act::Happens),
    ]
}

fn failure() -> impl Strategy<Value = Failure> {
    prop_oneof![Just(Failure::Busy), Just(Failure::Refused), Just(Failure::Unavailable)]
}

fn answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        6 => (0..20_000_u64).prop_map(|after| Answer::Talk { after: ms(after) }),
        2 => Just(Answer::Never),
        2 => failure().prop_map(Answer::Fails),
        1 => Just(Answer::Unknown),
    ]
}

/// Pauses of every size that matters: within a code, within a number, beyond every limit.
fn pause() -> impl Strategy<Value = u64> {
    prop_oneof![0..300_u64, 900..1200_u64, 0..4000_u64, 0..20_000_u64]
}

/// Mostly it begins with a transfer, sometimes with all three in a talk.
fn script() -> impl Strategy<Value = Vec<Step>> {
    let code = "(\\*#|##)20[4-7]#".prop_map(|keys| vec![(1000, Act::Keys(keys))]);
    let all = Just(["*#204#", "*3"].map(|keys| (1000, Act::Keys(keys.to_owned()))).to_vec()).prop_map(|mut steps| {
        steps.insert(1, (1000, Act::Happens(Input::ColleagueAnswers)));
        steps
    });
    let begins = prop_oneof![1 => Just(vec![]), 3 => code, 2 => all];
    (begins, vec((pause(), act()), 0..10)).prop_map(|(begins, rest)| begins.into_iter().chain(rest).collect())
}

fn config() -> impl Strategy<Value = PbxConfig> {
    let code =
        |codes: [&'static str; 3]| option::weighted(0.8, proptest::sample::select(codes.map(str::to_owned).to_vec()));
    let dial_plan = prop_oneof![Just(vec![]), Just(vec!["2XX".to_owned()])];
    let codes = (code(["##", "*8", "#"]), code(["#", "*1", "*1"]), code(["*2", "*2", "9"]), code(["*3", "*3", "*2"]));
    (codes, option::of(Just('#')), dial_plan, prop_oneof![Just(0), Just(900_u64)], 1..4_u32).prop_map(
        |((blind, return_code, complete, three_way), terminator, dial_plan, prompt, dial_attempts)| PbxConfig {
            blind,
            return_code,
            complete,
            three_way,
            terminator,
            dial_plan,
            prompt: ms(prompt),
            dial_attempts,
            ..PbxConfig::default()
        },
    )
}

fn pbx() -> impl Strategy<Value = Pbx> {
    (config(), vec(answer(), 4), answer()).prop_map(|(config, answers, outside)| {
        let known = ["204", "205", "206", "207"].map(str::to_owned).into_iter().zip(answers).collect();
        Pbx::new(config, Phones { known, others: Answer::Unknown, outside }).unwrap()
    })
}

/// A script as facts with the time they become known.
fn facts(script: &[Step]) -> Vec<(u64, Input)> {
    let (mut now, mut facts) = (0, Vec::new());
    for (pause, act) in script {
        now += pause;
        match act {
            Act::Happens(input) => facts.push((now, *input)),
            Act::Keys(keys) => {
                for key in keys.chars() {
                    let (start, end) = (ms(now), ms(now + 80));
                    facts.push((now + 80 + RECOGNITION, Input::Symbol { key, start, end }));
                    now += 160;
                }
            }
        }
    }
    // Somebody may have hung up while the last tone was being recognised.
    facts.sort_by_key(|(now, _)| *now);
    facts
}

/// What somebody who only sees events and legs knows.
#[derive(Debug, Default)]
struct Judge {
    down: Vec<Leg>,
    colleague_up: bool,
    on_hold: bool,
    at: Duration,
}

impl Judge {
    fn is_up(&self, leg: Leg) -> bool {
        if leg == Leg::Colleague { self.colleague_up } else { !self.down.contains(&leg) }
    }

    fn sees(&mut self, PbxEvent { at, event }: &PbxEvent, now: Duration) -> Result<(), String> {
        ensure(*at >= self.at && *at <= now, "an event out of time")?;
        self.at = *at;
        match event {
            Event::Feature => ensure(self.is_up(Leg::Client) && self.is_up(Leg::Employee), "a code without a talk")?,
            Event::Music => self.on_hold = true,
            Event::Target { .. } => {
                ensure(!self.colleague_up, "a second colleague")?;
                self.colleague_up = true;
            }
            Event::Consult => self.talk(&[Leg::Employee, Leg::Colleague])?,
            Event::Joined { legs } => {
                self.talk(legs)?;
                let two = !legs.contains(&Leg::Employee);
                ensure(!two || !self.is_up(Leg::Employee), "joined without the employee, who is there")?;
                self.on_hold = false;
            }
            Event::Returned => {
                self.talk(&[Leg::Client, Leg::Employee])?;
                ensure(!self.colleague_up, "returned with the colleague still there")?;
                self.on_hold = false;
            }
            Event::Lost => ensure(self.on_hold && self.is_up(Leg::Client), "lost, but not on hold")?,
            Event::Leaked { .. } => ensure(!self.on_hold && self.is_up(Leg::Client), "leaked to nobody")?,
            Event::Disconnect { leg } => {
                ensure(self.is_up(*leg), "a leg that was down goes down")?;
                if *leg == Leg::Colleague { self.colleague_up = false } else { self.down.push(*leg) }
            }
        }
        Ok(())
    }

    fn talk(&self, legs: &[Leg]) -> Result<(), String> {
        ensure(legs.iter().all(|leg| self.is_up(*leg)), "a talk with a leg that is down")
    }

    fn looks(&self, now: Snapshot) -> Result<(), String> {
        let colleague = now.colleague.is_some() || now.colleague_rings;
        let up = [now.client.is_some(), now.employee.is_some(), colleague];
        let told = [Leg::Client, Leg::Employee, Leg::Colleague].map(|leg| self.is_up(leg));
        ensure(up == told, "a leg that went up or down untold")?;
        ensure(self.on_hold || now.client != Some(Hears::Music), "music without hold")?;
        let ears = [now.client, now.employee, now.colleague];
        let voices = [Hears::Client, Hears::Employee, Hears::Colleague];
        let hears = |who: usize, whom: usize| ears[who] == Some(voices[whom]) || ears[who] == Some(Hears::Both);
        // A talk has two ends: who hears somebody is heard by them, and both are there.
        for (who, whom) in [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)] {
            let one_sided = hears(who, whom) && !hears(whom, who);
            ensure(!one_sided, &format!("{:?} is heard, but does not hear", voices[whom]))?;
        }
        Ok(())
    }
}

fn ensure(holds: bool, otherwise: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(otherwise.to_owned()) }
}

/// Longer than everything an Asterisk does by itself.
const REST: u64 = 120_000;

/// Woken at every deadline, with the judge looking on all the time.
fn judged(mut pbx: Pbx, facts: &[(u64, Input)]) -> Result<(Pbx, Vec<PbxEvent>), String> {
    let (mut judge, mut log) = (Judge::default(), Vec::new());
    let end = facts.last().map_or(0, |(now, _)| *now) + REST;
    for (now, input) in facts.iter().copied().chain([(end, Input::Tick)]) {
        while let Some(due) = pbx.next_deadline().filter(|due| *due < ms(now)) {
            log.extend(tell(&mut pbx, &mut judge, Input::Tick, due)?);
        }
        log.extend(tell(&mut pbx, &mut judge, input, ms(now))?);
    }
    ensure(pbx.next_deadline().is_none(), "never at rest")?;
    Ok((pbx, log))
}

fn tell(pbx: &mut Pbx, judge: &mut Judge, input: Input, now: Duration) -> Result<Vec<PbxEvent>, String> {
    let told = pbx.handle(input, now);
    ensure(pbx.next_deadline().is_none_or(|due| due > now), "a deadline in the past")?;
    told.iter().try_for_each(|event| judge.sees(event, now))?;
    judge.looks(pbx.snapshot())?;
    Ok(told)
}

/// The same days every time, so that a red run speaks of the change at hand; with `PROPTEST_CASES` as many new ones.
fn days() -> ProptestConfig {
    let new = ProptestConfig { failure_persistence: None, max_shrink_iters: 20_000, ..ProptestConfig::default() };
    let explore = std::env::var_os("PROPTEST_CASES").is_some();
    if explore { new } else { ProptestConfig { cases: 1000, rng_seed: RngSeed::Fixed(1000), ..new } }
}

proptest! {
    #![proptest_config(days())]

    /// Legs, holds and ears are what the events say, at every moment.
    #[test]
    fn the_judge_finds_no_fault_whatever_happens(pbx in pbx(), script in script()) {
        let (pbx, log) = judged(pbx, &facts(&script)).map_err(TestCaseError::fail)?;
        let over = pbx.doing() == Doing::Over;
        let now = pbx.snapshot();
        let nobody = now.client.or(now.employee).or(now.colleague).is_none();
        prop_assert_eq!(over, nobody && !now.colleague_rings, "{:?}", log);
    }

    /// Woken at every deadline, or only when something happens.
    #[test]
    fn being_woken_late_changes_nothing(pbx in pbx(), script in script()) {
        let facts = facts(&script);
        let (exact, told) = judged(pbx.clone(), &facts).map_err(TestCaseError::fail)?;
        let mut late = pbx;
        let end = facts.last().map_or(0, |(now, _)| *now) + REST;
        let told_late: Vec<_> =
            facts.into_iter().chain([(end, Input::Tick)]).flat_map(|(now, input)| late.handle(input, ms(now))).collect();
        prop_assert_eq!(told, told_late);
        prop_assert_eq!(exact.snapshot(), late.snapshot());
    }
}

/// The scripts would prove little if they never got anywhere.
#[test]
fn the_scripts_reach_every_corner() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for _ in 0..2000 {
        let (mut pbx, script) = (pbx(), script()).new_tree(&mut runner).unwrap().current();
        for (now, input) in facts(&script) {
            for event in pbx.handle(input, ms(now)) {
                if let Event::Joined { legs } = event.event {
                    *seen.entry(format!("{} joined", legs.len())).or_default() += 1;
                } else if event.event == Event::Lost {
                    *seen.entry("lost".to_owned()).or_default() += 1;
                }
            }
            let alone = if pbx.snapshot().employee.is_none() { " alone" } else { "" };
            *seen.entry(format!("{:?}{alone}", pbx.doing())).or_default() += 1;
        }
    }
    let corners = [
        "Talk",
        "Prompt",
        "Number",
        "Invalid",
        "Ringing",
        "Ringing alone",
        "Consult",
        "ThreeWay",
        "Failure",
        "Failure alone",
        "Beep",
        "Returning",
        "Joined alone",
        "Over alone",
        "lost",
        "2 joined",
        "3 joined",
    ];
    let rare: Vec<_> = corners.into_iter().filter(|corner| seen.get(*corner).is_none_or(|times| *times < 50)).collect();
    assert!(rare.is_empty(), "rare: {rare:?} of {seen:?}");
}
