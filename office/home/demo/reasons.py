"""Why people come, in their own words, by kind of visit."""

ADULT_SICK = (
    "Cough for a week, worse at night", "Sore throat since Friday", "Think I have a sinus infection",
    "Burning when I pee", "Threw my back out lifting", "Rash on my arm, it itches", "Ear feels plugged",
    "Stomach bug, can't keep food down", "Fever and chills since yesterday", "Pink eye, work sent me home",
    "Dizzy when I stand up", "Twisted my ankle on the stairs", "Tick bite, red ring around it",
    "Bad headache three days", "Cut on my hand is getting red",
)  # fmt: skip
CHILD_SICK = (
    "Ear hurts, up all night", "Fever 102 since last night", "Barky cough", "Throwing up since this morning",
    "Rash on belly after daycare", "Sore throat, strep in class", "Pink eye, school needs a note",
    "Runny nose two weeks", "Fell at recess, wrist hurts", "Pulling at his ear",
)  # fmt: skip
_ANY = ("Recheck", "Knee is still bothering me", "Go over my labs", "Shoulder pain", "Refills and a checkup",
        "Trouble sleeping", "Heartburn is back", "Thyroid recheck", "Cholesterol", "Foot pain in the morning",
        "New rash", "Tired all the time", "Mole I want looked at", "Form for work")  # fmt: skip
BY_TYPE: dict[str, tuple[str, ...]] = {
    "Office visit": _ANY,
    "Follow-up": ("Three-month check", "Follow up on blood pressure pills", "Go over my labs", "Asthma follow-up",
                  "Recheck ear", "CT results", "Cough not gone yet", "Weight check", "COPD follow-up", "Gout again",
                  "After physical therapy"),
    "Blood pressure check": ("Blood pressure check", "Home readings are high", "New pill two weeks ago"),
    "Diabetes visit": ("Three-month sugar check", "A1c and feet", "Sugars running high", "Diabetes follow-up"),
    "Physical": ("Yearly physical", "Physical, form for work", "Physical and bloodwork"),
    "Annual wellness visit": ("Medicare wellness visit", "Yearly wellness visit"),
    "Well baby": ("Newborn check", "Two-month check and shots", "Six-month check", "Twelve-month check and shots"),
    "Well child": ("Yearly checkup", "Checkup and shots for school", "Yearly checkup, camp form"),
    "Sports physical": ("Sports form, soccer", "Sports form, track", "Sports form, basketball"),
    "Women's health": ("Pap test", "Birth control", "Hot flashes", "Yearly with Pap"),
    "Mental health visit": ("Anxiety, medicine check", "Feeling down", "Anxiety follow-up", "Panic attacks"),
    "Hospital follow-up": ("Out of the hospital Tuesday", "After pneumonia", "ER follow-up, chest pain"),
    "New patient": ("New to the area, need a doctor", "Establish care", "Switching from my old doctor"),
    "Procedure": ("Ingrown toenail", "Skin tag removal", "Knee injection", "Mole removal", "Stitches out"),
    "Flu shot": ("Flu shot", "Flu shot and COVID booster"),
    "Video visit": ("Medicine check by video", "Go over results by video", "Cold, by video"),
}  # fmt: skip
