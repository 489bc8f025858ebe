"""Parts of names, combined at random: nobody here exists. By background and generation, as in a Hudson Valley town."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Background:
    """Surnames, and given names by sex for those born before 1962, before 1994, and after."""

    share: int
    surnames: tuple[str, ...]
    women: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    men: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    language: str = "en"
    speaks_other: float = 0.0
    two_surnames: float = 0.0


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


LONG_HERE = Background(
    share=56,
    surnames=_words(
        "Abbott Albright Ames Applegate Ashby Atwater Bailey Baldwin Barlow Barrett Bassett Beecher Bellamy Benton "
        "Blackwood Blaine Boone Bradshaw Brennan Brewster Brinker Broadhead Burdick Burke Cadwell Calloway Carmody "
        "Cartwright Chandler Churchill Clearwater Coffey Colby Conklin Coolidge Corrigan Coughlin Crandall Crispell "
        "Dalton Davenport Decker Deegan Delaney DePuy Dempsey Doyle Draper Driscoll DuBois Dunham Eastman Eldridge "
        "Ellsworth Elmendorf Everett Fairchild Farrell Fenwick Finch Fitzgerald Fletcher Flynn Fowler Freer Gallagher "
        "Garrison Gilchrist Goodwin Grady Graham Griffin Hadley Halloran Hammond Hardenbergh Harlow Hasbrouck Hathaway "
        "Hawkins Hayward Hendricks Hickey Hobart Holcomb Hollister Hornbeck Houghton Hoyt Huntley Ingersoll Jennings "
        "Johnson Keating Keegan Kellogg Kessler Kimball Kirkwood Krom Lambert Langdon Larkin Lawton LeFevre Lockwood "
        "Lowell Lyons MacKenzie Maguire Mallory Marlowe Mayhew McBride McCabe McCormick McKenna Mead Merrill Merritt "
        "Miller Mulligan Myer Newkirk Nolan Norcross Oakley O'Brien O'Connor Ostrander Palmer Parrish Peck Pemberton "
        "Phelan Pratt Prescott Quick Quigley Ransom Redmond Roosa Rowland Rutherford Sawyer Schoonmaker Sheehan "
        "Sherwood Slater Smith Snyder Stickles Sutton Sweeney Tappen Terwilliger Thayer Thorne Tillson Townsend "
        "Traver Turner Underwood VanDyke VanWagenen Vaughn Wakefield Walsh Warren Weaver Weeks Wheeler Whitaker "
        "Wilcox Williams Winchell Winslow Wolcott Woodruff Wyatt Wynkoop Yerkes York"
    ),
    women=(
        _words(
            "Barbara Patricia Carol Judith Margaret Shirley Joan Nancy Dorothy Betty Ruth Helen Elaine Marie Janet "
            "Linda Susan Kathleen Diane Donna Sandra Sharon Beverly Joyce Marilyn Gail Rosemary Lois Eileen Virginia"
        ),
        _words(
            "Jennifer Amy Michelle Kimberly Lisa Heather Melissa Stephanie Rebecca Christine Laura Erin Jessica "
            "Kelly Amanda Tracy Dawn Tammy Nicole Sarah Rachel Elizabeth Katherine Renée Colleen Megan Allison Wendy"
        ),
        _words(
            "Emma Olivia Ava Sophia Madison Abigail Harper Charlotte Grace Lily Zoë Chloe Hannah Nora Hazel Violet "
            "Riley Paige Quinn Ella Maeve Willow Ruby Piper Eleanor Ivy Josephine Clara Sadie Autumn"
        ),
    ),
    men=(
        _words(
            "Robert James John William Richard Thomas Charles Donald Ronald Gerald Kenneth Walter Eugene Harold "
            "Raymond Frank Lawrence Roger Dennis Edward Stanley Ralph Bruce Wayne Glenn Douglas Francis Leonard"
        ),
        _words(
            "Michael Christopher David Jason Matthew Brian Kevin Scott Eric Timothy Jeffrey Mark Sean Ryan Daniel "
            "Patrick Todd Gregory Keith Adam Justin Brandon Derek Craig Stephen Peter Joseph Andrew"
        ),
        _words(
            "Liam Noah Mason Ethan Lucas Owen Wyatt Henry Oliver Jack Levi Caleb Hunter Finn Theodore Miles August "
            "Jasper Silas Everett Beckett Hudson Connor Dylan Tyler Landon Cole Emmett Rowan Asher"
        ),
    ),
)
ITALIAN = Background(
    share=9,
    surnames=_words(
        "Amato Bellini Bruno Caruso Colombo Conti D'Angelo DeLuca DiMarco Esposito Ferrara Gallo Grasso Greco "
        "Lombardi Mancuso Marino Messina Moretti Palumbo Pellegrino Ricci Romano Rossi Russo Salerno Santoro Vitale"
    ),
    women=(
        _words("Angela Rosemarie Theresa Carmela Josephine Antoinette Marie Phyllis Lucille Concetta Rose Annette"),
        _words("Gina Lisa Deborah Michele Andrea Danielle Christina Maria Toni Lauren Nicole Denise"),
        _words("Isabella Gianna Mia Sofia Francesca Gabriella Lucia Bianca Olivia Adriana"),
    ),
    men=(
        _words("Anthony Salvatore Vincent Joseph Dominic Carmine Pasquale Angelo Frank Rocco Louis Michael"),
        _words("Anthony Joseph Michael Paul Nicholas Vincent John Robert Steven Dominick Peter Mario"),
        _words("Luca Dominic Leonardo Anthony Matteo Vincent Gianni Nico Marco Enzo"),
    ),
)
HISPANIC = Background(
    share=14,
    surnames=_words(
        "Acosta Aguilar Álvarez Ayala Batista Castillo Colón Cortés Cruz Díaz Escobar Espinal Estrada Figueroa Flores "
        "García Gómez González Guzmán Hernández Jiménez López Maldonado Martínez Medina Mejía Méndez Mendoza "
        "Montañez Morales Muñoz Núñez Ortega Ortiz Pabón Peña Peralta Pérez Quiñones Ramírez Ramos Reyes Ríos Rivera "
        "Rodríguez Rojas Romero Rosario Salazar Sánchez Santiago Soto Suárez Tavárez Torres Vargas Vásquez Vega Zúñiga"
    ),
    women=(
        _words("Carmen Rosa Ana Gloria Luz Mercedes Milagros Josefa Altagracia Blanca Elba Iris Teresa Juana Norma"),
        _words("María Yolanda Sandra Claudia Maritza Verónica Yesenia Diana Mónica Lourdes Jacqueline Carolina Lorena"),
        _words("Sofía Valentina Camila Isabella Emily Daniela Ximena Genesis Ashley Lucía Mariana Nayeli Arianna"),
    ),
    men=(
        _words("José Juan Ramón Rafael Ángel Héctor Luis Miguel Francisco Félix Ernesto Pedro Julio Efraín"),
        _words("Carlos Luis José Jorge Edwin Víctor Wilson Marcos Javier Óscar Eduardo Fernando Ricardo César"),
        _words("Diego Mateo Santiago Ángel Adrián Sebastián Kevin Brayan Elías Gabriel Emiliano Joaquín Thiago"),
    ),
    language="es",
    speaks_other=0.42,
    two_surnames=0.35,
)
AFRICAN_AMERICAN = Background(
    share=9,
    surnames=_words(
        "Banks Booker Bryant Coleman Dixon Franklin Gaines Gibbs Grant Hampton Harris Hinton Jackson Jefferson "
        "Jenkins Joseph Lewis Mosley Peoples Pettway Pierre Randolph Robinson Sampson Simmons Singleton Spruill Tate "
        "Toussaint Walker Washington Whitfield Wiggins Young"
    ),
    women=(
        _words("Dorothy Gloria Ernestine Shirley Bernice Gwendolyn Delores Mattie Loretta Vera Earlene Brenda"),
        _words("Tamika Monique Keisha Latoya Angela Yvette Denise Nicole Tanya Crystal Ebony Kendra Danielle"),
        _words("Aaliyah Nia Imani Zuri Jada Amara Kayla Skylar Serenity Laila Nyla Trinity"),
    ),
    men=(
        _words("Willie Clarence Curtis Otis Nathaniel Leroy Melvin Clifford Alvin Calvin Lester Roosevelt"),
        _words("Darnell Andre Terrence Marcus Reginald Jermaine Tyrone Maurice Corey Derrick Antoine Lamar"),
        _words("Jayden Isaiah Elijah Malik Xavier Josiah Amari Micah Jalen Kameron Zion Darius"),
    ),
)
SOUTH_ASIAN = Background(
    share=4,
    surnames=_words(
        "Ahmed Banerjee Chowdhury Das Gupta Hossain Iyer Joshi Khan Mehta Nair Patel Rahman Rao Shah Sharma Singh Verma"
    ),
    women=(
        _words("Usha Kamala Nirmala Sushila Shanta Razia Fatima Pushpa Lakshmi"),
        _words("Priya Anjali Sunita Kavita Shabnam Nasreen Deepa Rekha Meera Pooja"),
        _words("Anaya Diya Aisha Riya Zara Saanvi Maya Inaya Kavya"),
    ),
    men=(
        _words("Ramesh Suresh Mohan Abdul Harish Vijay Ashok Kamal Prakash"),
        _words("Amit Sanjay Rajesh Imran Vikram Sandeep Nitin Faisal Arjun"),
        _words("Aarav Rohan Ayaan Vihaan Zayan Kabir Dev Ishaan Rayan"),
    ),
    language="bn",
    speaks_other=0.16,
)
EAST_ASIAN = Background(
    share=4,
    surnames=_words("Chan Chang Chen Cho Choi Huang Kim Lam Lee Li Lin Liu Ng Park Tanaka Wang Wong Wu Yang Zhang"),
    women=(
        _words("Mei-Ling Shu-Fen Yuk-Lan Soon-Ja Xiuying Hui-Fang Young-Ja Suk"),
        _words("Wei Jing Min-Ji Yan Helen Grace Li Hye-Jin Vivian Ling Eunice"),
        _words("Emily Sophie Chloe Yuna Angela Mia Iris Audrey Elaine"),
    ),
    men=(
        _words("Jianguo Kwok-Wai Sung-Ho Guoqiang Ming Chi-Keung Young-Soo"),
        _words("Wei Jun Kevin Hao Sung-Min Daniel Feng Raymond Victor"),
        _words("Ethan Ryan Lucas Eric Jason Minjun Nathan Leo Aiden"),
    ),
    language="zh",
    speaks_other=0.28,
)
EASTERN_EUROPEAN = Background(
    share=3,
    surnames=_words("Bielski Dąbrowski Ivanov Kovalenko Kowalczyk Lewandowski Melnyk Novak Petrenko Szymański Wójcik"),
    women=(
        _words("Halina Jadwiga Svetlana Lyudmila Krystyna Tamara Nadia"),
        _words("Olena Agnieszka Oksana Katarzyna Natalia Iryna Magdalena"),
        _words("Zofia Alina Maja Daria Kira Sasha Anastasia"),
    ),
    men=(
        _words("Zbigniew Stanisław Viktor Mykola Jerzy Boris Tadeusz"),
        _words("Andriy Piotr Dmytro Tomasz Oleksandr Marek Pavel"),
        _words("Jakub Maksym Filip Adrian Artem Oskar Lev"),
    ),
    language="uk",
    speaks_other=0.25,
)
ELSEWHERE = Background(
    share=1,
    surnames=_words("Abdi Adeyemi Asante Boateng Diallo El-Sayed Farouk Haddad Mensah Nguyễn Okafor Phạm Trần Yusuf"),
    women=(
        _words("Amina Comfort Samira Grace Lan Hoa Khadija"),
        _words("Ngozi Layla Abena Thuy Mariam Ifeoma Rania"),
        _words("Adaeze Noor Amal Linh Efua Salma Hana"),
    ),
    men=(
        _words("Kofi Ibrahim Emmanuel Hassan Minh Samuel Youssef"),
        _words("Kwame Chidi Omar Tuan Ahmed Kwabena Tariq"),
        _words("Idris Ayo Karim Khalid Bao Kojo Sami"),
    ),
    language="ar",
    speaks_other=0.35,
)
BACKGROUNDS = (
    LONG_HERE, ITALIAN, HISPANIC, AFRICAN_AMERICAN, SOUTH_ASIAN, EAST_ASIAN, EASTERN_EUROPEAN, ELSEWHERE,
)  # fmt: skip

#: What people are called who were given the other name.
CALLED = {
    "William": "Bill", "Robert": "Bob", "Richard": "Rick", "James": "Jim", "Margaret": "Peggy", "Katherine": "Kate",
    "Elizabeth": "Liz", "Theodore": "Teddy", "Eleanor": "Ellie", "Francisco": "Paco", "José": "Pepe", "Patricia": "Pat",
    "Salvatore": "Sal", "Theresa": "Terry", "Lawrence": "Larry", "Barbara": "Barb", "Josephine": "Josie",
    "Christopher": "Chris", "Nathaniel": "Nate", "Gwendolyn": "Gwen", "Dominic": "Dom", "Abigail": "Abby",
}  # fmt: skip


def a_background(random: Random) -> Background:
    return random.choices(BACKGROUNDS, [background.share for background in BACKGROUNDS])[0]


def a_surname(random: Random, background: Background) -> str:
    """A family's name; with two surnames, the father's and the mother's."""
    if random.random() < background.two_surnames:
        return " ".join(random.sample(background.surnames, 2))
    return random.choice(background.surnames)


def a_given_name(random: Random, background: Background, sex: str, birth_year: int) -> str:
    generation = 0 if birth_year < 1962 else 1 if birth_year < 1994 else 2
    return random.choice((background.women if sex == "F" else background.men)[generation])
